import { beforeEach, expect, test } from "vitest";
import { newId } from "#kernel/ids";
import { refreshCategories, refreshContent, refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { aShop, type Shop } from "#test/shop";
import { aCategory, anAuthor, aPost, aProduct, aTag, run } from "./source.ts";

const { owner } = await installation();
const client = await server();

let shop: Shop;
beforeEach(async () => {
  shop = await aShop();
});

const query = `query ($ids: [Id!]!) {
  previewReprojection(ids: $ids) { products nodes categories shown }
}`;
const preview = async (...ids: string[]) =>
  (await shop.edit<{ previewReprojection: unknown }>(query, { ids })).previewReprojection;

/** Clothes with shirts below, each with a product, one of them on sale, and a post by Ada. */
async function aSite() {
  const { editor } = shop;
  const clothes = await aCategory(editor, "clothes");
  const shirts = await aCategory(editor, "shirts", { parent: clothes });
  const [sale, ada] = [await aTag(editor, "sale"), await anAuthor(editor, "ada")];
  const products = [
    await aProduct(editor, { categories: [shirts], tags: [sale] }),
    await aProduct(editor, { categories: [clothes] }),
    await aProduct(editor),
  ];
  const post = await aPost(editor, { author: ada });
  await refreshCategories(editor, [clothes, shirts]);
  await refreshProducts(editor, products);
  await refreshContent(editor, [post]);
  return { clothes, shirts, sale, ada };
}

test("counts by kind what shows a category with all below it, a tag or an author", async () => {
  const { clothes, shirts, sale, ada } = await aSite();
  expect(await preview(clothes)).toEqual({
    products: 2,
    nodes: 0,
    categories: 1,
    shown: [clothes],
  });
  expect(await preview(shirts)).toEqual({ products: 1, nodes: 0, categories: 0, shown: [shirts] });
  expect(await preview(sale)).toEqual({ products: 1, nodes: 0, categories: 0, shown: [sale] });
  expect(await preview(ada)).toEqual({ products: 0, nodes: 1, categories: 0, shown: [ada] });
});

test("what shows several of them counts once, and what nothing shows is told by its absence", async () => {
  const { clothes, sale, ada } = await aSite();
  expect(await preview(newId(), sale, ada, clothes)).toEqual({
    products: 2,
    nodes: 1,
    categories: 1,
    shown: [sale, ada, clothes],
  });
  expect(await preview(newId())).toEqual({ products: 0, nodes: 0, categories: 0, shown: [] });
});

test("only what is read counts, not a generation beside it", async () => {
  const { sale } = await aSite();
  await run(
    shop.editor,
    `insert into index_generations (tenant_id, kind, generation, state)
     select tenant_id, kind, 2, 'building' from index_generations where kind = 'product'`,
  );
  await owner.query("update index_products set generation = 2 where tenant_id = $1", [
    shop.editor.tenant.id,
  ]);
  expect(await preview(sale)).toEqual({ products: 0, nodes: 0, categories: 0, shown: [] });
});

test("every fault of the list is told, and who may not read the index may not ask", async () => {
  const id = newId();
  const { tenant } = shop.editor;
  const token = await client.tokenFor(shop.editor);
  const refused = async (ids: string[], as?: string) =>
    (await client.graphql(tenant, query, { ids }, as)).errors?.[0]?.extensions;
  expect(await refused([], token)).toMatchObject({
    code: "BAD_USER_INPUT",
    issues: [{ path: ["ids"] }],
  });
  expect(await refused([id, newId(), id], token)).toMatchObject({
    issues: [{ path: ["ids", 2], message: `repeats the id "${id}"` }],
  });
  expect(await refused(Array.from({ length: 101 }, newId), token)).toMatchObject({
    issues: [{ path: ["ids"] }],
  });
  expect(await refused([id])).toMatchObject({ code: "UNAUTHENTICATED" });
  const { actor } = shop.editor;
  if (actor.kind !== "user") throw new Error("An editor is a person.");
  const permissions = new Set([...actor.permissions].filter((each) => each !== "index:read"));
  const without = await client.tokenFor({ ...shop.editor, actor: { ...actor, permissions } });
  expect(await refused([id], without)).toMatchObject({
    code: "FORBIDDEN",
    permission: "index:read",
  });
});
