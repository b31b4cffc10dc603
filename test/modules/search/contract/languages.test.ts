import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { onSale } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

const shelves = {
  de: ["Straßenkarte", "Grüne Äpfel", "Häuser am Fluss", "Überschuh"],
  ru: ["Чайная кружка", "Ёлочные игрушки", "Деревянные столы"],
  ja: ["日本語の辞書", "東京タワー模型"],
  fr: ["Crème brûlée", "L'Oréal shampooing"],
  ko: ["한국어 사전"],
};

const shops: Record<string, RequestContext> = {};

beforeAll(async () => {
  const { aTenant, anEditor } = await installation();
  for (const [locale, shelf] of Object.entries(shelves)) {
    const ctx = await anEditor(await aTenant({ defaultLocale: locale, locales: [locale] }));
    shops[locale] = ctx;
    for (const title of shelf) await onSale(ctx, { translations: [{ locale, title }] });
  }
});

onEitherEngine((engine) => {
  test.each([
    ["de", "strassenkarte", ["Straßenkarte"]],
    ["de", "STRAßEN", ["Straßenkarte"]],
    ["de", "strasenkarte", ["Straßenkarte"]],
    ["de", "grune apfel", ["Grüne Äpfel"]],
    ["de", "grünen apfel", ["Grüne Äpfel"]],
    ["de", "ubers", ["Überschuh"]],
    ["ru", "кружка", ["Чайная кружка"]],
    ["ru", "кружки", ["Чайная кружка"]],
    ["ru", "кржука", ["Чайная кружка"]],
    ["ru", "елочные", ["Ёлочные игрушки"]],
    ["ru", "деревян", ["Деревянные столы"]],
    ["ja", "日本", ["日本語の辞書"]],
    ["ja", "東", ["東京タワー模型"]],
    ["ja", "京日", []],
    ["fr", "creme brulee", ["Crème brûlée"]],
    ["fr", "l’oreal", ["L'Oréal shampooing"]],
    ["fr", "loreal", ["L'Oréal shampooing"]],
    ["ko", "한국", ["한국어 사전"]],
    ["ko", "사전", ["한국어 사전"]],
  ])("in %s, %s finds %j", async (locale, query, expected) => {
    const ctx = shops[locale] as RequestContext;
    expect(await engine.titles(ctx, query, { locale })).toEqual(expected);
  });

  test.each([
    ["de", "haus ", ["Häuser am Fluss"]],
    ["ru", "стол ", ["Деревянные столы"]],
  ])(
    "in %s, %s finds other forms of the word: PostgreSQL knows them, Meilisearch does not",
    async (locale, query, postgresql) => {
      const ctx = shops[locale] as RequestContext;
      const expected = engine.differs({ postgresql, meilisearch: [] });
      expect(await engine.titles(ctx, query, { locale })).toEqual(expected);
    },
  );

  test.each([
    ["本語", ["日本語の辞書"]],
    ["辞書", ["日本語の辞書"]],
    ["タワー", ["東京タワー模型"]],
  ])(
    "within Japanese, %s is found: by Meilisearch where it was built with the tokenizer for that",
    async (query, postgresql) => {
      const found = await engine.titles(shops["ja"] as RequestContext, query, { locale: "ja" });
      const allowed = engine.differs({ postgresql: [postgresql], meilisearch: [postgresql, []] });
      expect(allowed).toContainEqual(found);
    },
  );
});
