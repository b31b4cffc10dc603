import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { settled, startBackground } from "#test/background";
import { eventsOf, installation } from "#test/installation";
import { tuned } from "../../../../src/modules/search/tuning/tuned.ts";
import { onSale } from "../a-catalogue.ts";
import { edit, limited, refusal, visit } from "../an-editor.ts";

const { anEditor, owner } = await installation();

type Settings = Record<string, unknown>;
const fields = "kind locale synonyms stopWords ranking revision updatedBy";
const mutation = `mutation ($input: UpdateSearchSettingsInput!) {
  settings: updateSearchSettings(input: $input) { ${fields} }
}`;
const query = `query ($kind: SearchKind!, $locale: String!) {
  settings: searchSettings(kind: $kind, locale: $locale) { ${fields} }
}`;

const inputOf = (given: Settings) => ({ input: { kind: "PRODUCTS", locale: "en", ...given } });
const set = async (ctx: RequestContext, given: Settings) =>
  (await edit<{ settings: Settings }>(ctx, mutation, inputOf(given))).settings;
const read = async (ctx: RequestContext, kind = "PRODUCTS", locale = "en") =>
  (await edit<{ settings: Settings }>(ctx, query, { kind, locale })).settings;

/** What a search works by. */
const tuningOf = async (
  ctx: RequestContext,
  kind: "products" | "content" = "products",
  locale = "en",
) => (await tuned(ctx, kind, { locale, query: "sofa" })).tuning;

test("until something is set, the defaults hold", async () => {
  const ctx = await anEditor();
  const nothing = { locale: "en", synonyms: [], stopWords: [], revision: 0, updatedBy: null };
  const ranking = ["BOOST", "STOCK", "RECENCY"];
  expect(await read(ctx)).toEqual({ ...nothing, kind: "PRODUCTS", ranking });
  expect(await read(ctx, "CONTENT")).toEqual({ ...nothing, kind: "CONTENT", ranking: ["RECENCY"] });
});

test("what is set is trimmed, in lower case, and holds for the next search of that kind and locale", async () => {
  const ctx = await anEditor();
  const before = await tuningOf(ctx);
  const changed = await set(ctx, {
    synonyms: [["Sofa", "  Love  Seat "]],
    stopWords: [" The "],
    ranking: ["SALES", "STOCK"],
  });
  const tuning = { synonyms: [["sofa", "love seat"]], stopWords: ["the"] };
  expect(changed).toEqual({
    ...tuning,
    kind: "PRODUCTS",
    locale: "en",
    ranking: ["SALES", "STOCK"],
    revision: 1,
    updatedBy: (ctx.actor as { userId: string }).userId,
  });
  expect(await read(ctx)).toEqual(changed);
  expect(await tuningOf(ctx)).toEqual({ ...tuning, ranking: ["sales", "stock"] });
  expect(await tuningOf(ctx, "products", "de")).toEqual(before);
  expect((await tuningOf(ctx, "content")).synonyms).toEqual([]);
  expect(await tuningOf(await anEditor())).toEqual(before);
});

test("what is left out stays, and a change that changes nothing is none", async () => {
  const ctx = await anEditor();
  await set(ctx, { stopWords: ["the"], ranking: [] });
  const now = { synonyms: [["mug", "cup"]], stopWords: ["the"], ranking: [], revision: 2 };
  expect(await set(ctx, { synonyms: [["mug", "cup"]] })).toMatchObject(now);
  expect(await set(ctx, { stopWords: ["The"] })).toMatchObject(now);
  const event = {
    type: "search.settings-updated",
    payload: { kind: "products", locale: "en" },
  };
  expect(await eventsOf(ctx)).toEqual([event, event]);
});

test("of those who change what they have all read, the later are told that it has changed", async () => {
  const ctx = await anEditor();
  for (const revision of [0, 1, 2]) {
    const results = await Promise.allSettled(
      ["a", "the", "an"].map((word) => set(ctx, { stopWords: [`${word}${revision}`], revision })),
    );
    const failed = results.filter((result) => result.status === "rejected");
    const stale = expect.stringContaining(`it is at revision ${revision + 1}, not ${revision}`);
    expect(failed.map(({ reason }) => String(reason))).toEqual([stale, stale]);
  }
  expect((await read(ctx)).revision).toBe(3);
});

test("every fault is told at once, with its place, and nothing is set", async () => {
  const ctx = await anEditor();
  const { code, issues } = await refusal(
    ctx,
    mutation,
    inputOf({
      kind: "CONTENT",
      locale: "fr",
      synonyms: [
        ["alone"],
        ["Twice", "twice "],
        ["  ", "x".repeat(101)],
        Array.from({ length: 21 }, (_, i) => `w${i}`),
      ],
      stopWords: ["two words", "the", "THE", "a\0b"],
      ranking: ["STOCK", "RECENCY", "RECENCY"],
      revision: -1,
    }),
  );
  expect(code).toBe("BAD_USER_INPUT");
  expect(new Set(issues)).toEqual(
    new Set([
      "locale",
      "synonyms.0",
      "synonyms.1.1",
      "synonyms.2.0",
      "synonyms.2.1",
      "synonyms.3",
      "stopWords.0",
      "stopWords.2",
      "stopWords.3",
      "ranking.0",
      "ranking.2",
      "revision",
    ]),
  );
  expect(await eventsOf(ctx)).toEqual([]);
  expect((await read(ctx, "CONTENT")).revision).toBe(0);
});

test("lists are bounded", async () => {
  const ctx = await anEditor();
  const words = (length: number) => Array.from({ length }, (_, i) => `word${i}`);
  const lists = (length: number) => ({
    synonyms: words(length).map((word) => [word, `${word}s`]),
    stopWords: words(length),
  });
  const { issues } = await refusal(ctx, mutation, inputOf(lists(1_001)));
  expect(issues).toEqual(["synonyms", "stopWords"]);
  expect(await set(ctx, lists(1_000))).toMatchObject(lists(1_000));
});

test("setting needs search:write, reading search:read", async () => {
  const ctx = await anEditor();
  const reader = limited(ctx, "search:read");
  expect((await refusal(reader, mutation, inputOf({ stopWords: ["the"] }))).code).toBe("FORBIDDEN");
  expect(await read(reader)).toMatchObject({ revision: 0 });
  const asked = { kind: "PRODUCTS", locale: "en" };
  expect((await refusal(limited(ctx, "search:write"), query, asked)).code).toBe("FORBIDDEN");
  await expect(visit(ctx, query, asked)).rejects.toThrow("UNAUTHENTICATED");
});

test("the engine is told of changes by a job, one for each kind", async () => {
  const ctx = await anEditor();
  await set(ctx, { stopWords: ["the"] });
  await set(ctx, { locale: "de", stopWords: ["der"] });
  await set(ctx, { kind: "CONTENT", stopWords: ["a"] });
  const background = await startBackground();
  await settled();
  await background.stop();
  const { rows } = await owner.query(
    `select data -> 'payload' as payload, state from bullmq.job
     where data ->> 'tenantId' = $1 and name = 'apply-search-settings' order by data ->> 'payload'`,
    [ctx.tenant.id],
  );
  const done = (kind: string) => ({ payload: { kind }, state: "completed" });
  expect(rows).toEqual([done("content"), done("products")]);
});

test("visitors find by synonyms and past stop words from the next search on", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Velvet settee" });
  const found = async (query: string) => {
    const asked = `query ($query: String!) { found: searchProducts(query: $query) { totalCount } }`;
    return (await visit<{ found: { totalCount: number } }>(ctx, asked, { query })).found.totalCount;
  };
  const both = async () => [await found("sofa"), await found("settee von velvet")];
  expect(await both()).toEqual([0, 0]);
  await set(ctx, { synonyms: [["Sofa", "Settee"]], stopWords: ["von"] });
  expect(await both()).toEqual([1, 1]);
  await set(ctx, { synonyms: [], stopWords: [] });
  expect(await both()).toEqual([0, 0]);
});
