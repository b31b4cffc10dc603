import { expect, test, vi } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { onSale, published } from "./a-catalogue.ts";
import { visit } from "./an-editor.ts";

const { anEditor, db } = await installation();

interface Answer {
  search: { didYouMean: string | null };
}

const correction = async (ctx: RequestContext, field: string, query: string) => {
  const asked = `query ($query: String!) { search: ${field} { didYouMean } }`;
  return (await visit<Answer>(ctx, asked, { query })).search.didYouMean;
};

async function aShelf() {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Enamel teapot" });
  await published(ctx, "Choosing a teapot");
  return ctx;
}

test.each([
  "searchProducts(query: $query)",
  "searchContent(query: $query)",
  "search(query: $query)",
])("%s says what a misspelt query may have meant", async (field) => {
  const ctx = await aShelf();
  expect(await correction(ctx, field, "taepot")).toBe("teapot");
  expect(await correction(ctx, field, "teapot")).toBeNull();
  expect(await correction(ctx, field, "xylophone")).toBeNull();
  expect(await correction(ctx, field, "")).toBeNull();
  expect(await correction(await anEditor(), field, "taepot")).toBeNull();
});

test("who found five is not corrected", async () => {
  const ctx = await aShelf();
  for (let i = 0; i < 3; i++) await onSale(ctx, { title: `Teapot ${i}` });
  expect(await correction(ctx, "searchProducts(query: $query)", "taepot")).toBe("teapot");
  await onSale(ctx, { title: "Fifth teapot" });
  expect(await correction(ctx, "searchProducts(query: $query, first: 1)", "taepot")).toBeNull();
});

test("nothing is looked up for who does not ask", async () => {
  const ctx = await aShelf();
  const spy = vi.spyOn(db.pool, "query");
  const lookups = () =>
    spy.mock.calls.filter(
      ([query]) => (query as unknown as { name?: string }).name === "did-you-mean",
    );
  await visit(ctx, `{ searchProducts(query: "taepot") { totalCount } }`);
  expect(lookups()).toEqual([]);
  await visit(ctx, `{ searchProducts(query: "taepot") { didYouMean } }`);
  expect(lookups()).toHaveLength(1);
  spy.mockRestore();
});
