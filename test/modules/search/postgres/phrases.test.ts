import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { onSale, titles } from "../a-catalogue.ts";

let ctx: RequestContext;

beforeAll(async () => {
  const { aTenant, anEditor } = await installation();
  ctx = await anEditor(await aTenant({ defaultLocale: "en", locales: ["en", "ja"] }));
  await onSale(ctx, { title: "Oak table", vendor: "Kiln", description: "Of the north" });
  await onSale(ctx, { title: "T-shirt, red", vendor: "Deep Blue" });
  await onSale(ctx, { title: "Deep bowl", vendor: "Blue" });
  await onSale(ctx, {
    title: "日本語の辞書",
    translations: [{ locale: "ja", title: "日本語の辞書" }],
  });
});

test.each([
  // the end of a title and the beginning of the keywords stand side by side in the vector
  [`"table kiln"`, []],
  [`"deep blue"`, ["T-shirt, red"]],
  [`"blue of"`, []],
  [`"of the"`, ["Oak table"]],
  [`"t shirt red"`, ["T-shirt, red"]],
  [`"T-Shirt"`, ["T-shirt, red"]],
  [`"oak table" kil`, ["Oak table"]],
  [`"oak table" "of the north"`, ["Oak table"]],
  [`"oak tables"`, []],
  [`deep -blue`, []],
  [`deep -"deep blue"`, ["Deep bowl"]],
  [`-deep -"t shirt" -oak`, ["日本語の辞書"]],
  [`"!?" oak`, ["Oak table"]],
  [`"!?"`, []],
])("%s finds %j", async (query, expected) => {
  expect(await titles(ctx, query)).toEqual(expected);
});

test("what is written without spaces is a phrase of its pairs", async () => {
  const inJapanese = (query: string) => titles(ctx, query, { locale: "ja" });
  expect(await inJapanese(`"日本語"`)).toEqual(["日本語の辞書"]);
  expect(await inJapanese(`"語の辞書"`)).toEqual(["日本語の辞書"]);
  expect(await inJapanese(`"日本辞書"`)).toEqual([]);
});

test("of nothing but what must not be there, everything else is found, the newest first", async () => {
  expect(await titles(ctx, "-oak")).toEqual(["日本語の辞書", "Deep bowl", "T-shirt, red"]);
});
