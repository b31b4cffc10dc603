import type { Settings } from "meilisearch";
import { beforeAll, describe, expect, test } from "vitest";
import { defaultTuning } from "#modules/search";
import { describeMeilisearch, type RealMeilisearch, theMeilisearch } from "#test/meilisearch";
import { changedSettings } from "../../../../src/modules/search/meilisearch/changed-settings.ts";
import { settingsOf } from "../../../../src/modules/search/meilisearch/settings.ts";

const tuning = {
  synonyms: [
    ["Sofa", "couch", "Récamière"],
    ["couch", "TV bed"],
  ],
  stopWords: ["deluxe"],
  ranking: ["sales", "boost"] as ("sales" | "boost")[],
};

describe("settings", () => {
  test("rank by words, by what the tenant has chosen, by closeness", () => {
    const { rankingRules } = settingsOf({ kind: "product", locale: "en", tuning });
    expect(rankingRules?.join(" ")).toBe(
      "sort words typo exactness attributeRank popularity:desc boost:desc none3:desc none4:desc " +
        "proximity wordPosition titleLength:asc createdAt:desc",
    );
  });

  test("of content rank by recency at most", () => {
    const { rankingRules } = settingsOf({ kind: "node", locale: "en", tuning: defaultTuning });
    expect(rankingRules?.slice(5, 9)).toEqual([
      "day:desc",
      "none2:desc",
      "none3:desc",
      "none4:desc",
    ]);
  });

  test("lead from each word of a group to the others, of all its groups", () => {
    expect(settingsOf({ kind: "product", locale: "en", tuning }).synonyms).toEqual({
      sofa: ["couch", "récamière"],
      couch: ["récamière", "sofa", "tv bed"],
      récamière: ["couch", "sofa"],
      "tv bed": ["couch"],
    });
  });

  test("name the language where Meilisearch knows it", () => {
    const localesOf = (locale: string) =>
      settingsOf({ kind: "product", locale, tuning }).localizedAttributes;
    expect(localesOf("de-AT")).toEqual([{ attributePatterns: ["*"], locales: ["deu"] }]);
    expect(localesOf("gsw")).toBeNull();
  });
});

describeMeilisearch("settings and a server", () => {
  let server: RealMeilisearch;
  beforeAll(async () => {
    server = await theMeilisearch();
  });

  const apply = async (uid: string, settings: Settings) => {
    const task = await server.client().index(uid).updateSettings(settings).waitTask();
    expect(task.error).toBeNull();
  };

  test.each([
    ["product", "en"],
    ["product", "ja"],
    ["product", "nb-NO"],
    ["product", "gsw"],
    ["node", "de-AT"],
    ["node", "zh-Hant"],
  ] as const)("once applied, those of %s in %s are reported unchanged", async (kind, locale) => {
    const uid = `test_${kind}_${locale}`;
    const wanted = settingsOf({ kind, locale, tuning });
    const client = server.client();
    await client.createIndex(uid, { primaryKey: "id" }).waitTask();
    expect(changedSettings(wanted, await client.index(uid).getSettings())).not.toBeNull();
    await apply(uid, wanted);
    expect(changedSettings(wanted, await client.index(uid).getSettings())).toBeNull();
  });

  test("what was changed by hand, or is wanted otherwise, differs, and nothing else is sent", async () => {
    const uid = "test_changed";
    const client = server.client();
    const wanted = settingsOf({ kind: "product", locale: "en", tuning });
    const changed = async (settings = wanted) =>
      Object.keys(changedSettings(settings, await client.index(uid).getSettings()) ?? {});
    await client.createIndex(uid, { primaryKey: "id" }).waitTask();
    await apply(uid, wanted);

    for (const byHand of [
      { synonyms: { ...wanted.synonyms, mug: ["cup"] } },
      { synonyms: {} },
      { stopWords: ["the"] },
      { rankingRules: (wanted.rankingRules ?? []).toReversed() },
      { searchableAttributes: ["words.text", "words.title", "words.keywords"] },
      { sortableAttributes: ["titleKey"] },
      { filterableAttributes: ["scope"] },
      { displayedAttributes: ["*"] },
      { pagination: { maxTotalHits: 1_000 } },
      { faceting: { maxValuesPerFacet: 7 } },
      { typoTolerance: { minWordSizeForTypos: { oneTypo: 2 } } },
      { localizedAttributes: null },
      { separatorTokens: ["|"] },
    ] satisfies Settings[]) {
      await apply(uid, byHand);
      expect(await changed()).toEqual(Object.keys(byHand));
      await apply(uid, wanted);
      expect(await changed()).toEqual([]);
    }
    const boosted = settingsOf({ kind: "product", locale: "en", tuning: defaultTuning });
    expect(await changed(boosted)).toEqual(["rankingRules", "synonyms"]);
  });
});
