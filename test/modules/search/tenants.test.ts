import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { inTransaction } from "#kernel/transaction";
import { products, updateProduct } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { onSale, published, searchContent, searchProducts } from "./a-catalogue.ts";

let ours: RequestContext;
let theirs: RequestContext;
const mine: Record<string, string[]> = {};

beforeAll(async () => {
  const { anEditor } = await installation();
  [ours, theirs] = [await anEditor(), await anEditor()];
  for (const ctx of [ours, theirs]) {
    mine[ctx.tenant.id] = [
      await onSale(ctx, { title: "Yellow mug", handle: "mug", vendor: "Kiln" }),
      await published(ctx, "Yellow mug"),
    ];
  }
});

test("two tenants with the same documents find their own alone, and count their own alone", async () => {
  for (const ctx of [ours, theirs]) {
    for (const query of ["", "mug", "yelow mug", "mu"]) {
      const found = await searchProducts(ctx, query, { facets: ["vendors"] });
      expect(found.hits.map(({ card }) => card.id)).toEqual([mine[ctx.tenant.id]?.[0]]);
      expect(found.totalCount).toBe(1);
      expect(found.facets.vendors).toEqual([{ value: "Kiln", label: "Kiln", count: 1 }]);
      const content = await searchContent(ctx, query);
      expect(content.hits.map(({ card }) => card.id)).toEqual([mine[ctx.tenant.id]?.[1]]);
    }
  }
});

test("the database functions themselves answer for the tenant they are given, and for no other", async () => {
  const { db } = await installation();
  const request = JSON.stringify({ query: "mug", locale: "en", sort: "relevance", first: 9 });
  for (const search of ["search_products", "search_content"]) {
    const ask = async (tenantId: string) => {
      const { rows } = await db.pool.query(`select ${search}($1, $2) as answer`, [
        tenantId,
        request,
      ]);
      return rows[0].answer.hits.map(({ id }: { id: string }) => id);
    };
    const place = search === "search_products" ? 0 : 1;
    expect(await ask(ours.tenant.id)).toEqual([mine[ours.tenant.id]?.[place]]);
    expect(await ask(theirs.tenant.id)).toEqual([mine[theirs.tenant.id]?.[place]]);
    expect(await ask(newId())).toEqual([]);
  }
});

test("the words of a tenant are closed to the server without one, and open to nobody else", async () => {
  const { db } = await installation();
  const words = "select distinct tenant_id from index_words where word = 'mug'";
  expect((await db.pool.query(words)).rows).toEqual([]);
  const seen = await inTransaction(ours, (tx) => tx.sql(words));
  expect(seen).toEqual([{ tenant_id: ours.tenant.id }]);
});

test("a word that only another tenant has corrects nobody's typo", async () => {
  await onSale(theirs, { title: "Zweibelkuchen" });
  const { hits } = await searchProducts(ours, "zwiebelkuchen");
  expect(hits).toEqual([]);
  expect((await searchProducts(theirs, "zwiebelkuchen")).hits).toHaveLength(1);
});

test("drafts, unpublished and deleted products are never found, counted or listed", async () => {
  const { anEditor } = await installation();
  const ctx = await anEditor();
  const draft = await onSale(ctx, { title: "Draft vase", status: "draft" });
  const withdrawn = await onSale(ctx, { title: "Withdrawn vase", vendor: "Kiln" });
  const deleted = await onSale(ctx, { title: "Deleted vase" });
  expect((await searchProducts(ctx, "vase")).totalCount).toBe(2);

  await products.unpublish(ctx, { id: withdrawn });
  await products.remove(ctx, { id: deleted });
  await refreshProducts(ctx, [draft, withdrawn, deleted]);
  for (const query of ["", "vase", "vaes"]) {
    const found = await searchProducts(ctx, query, { facets: ["vendors"] });
    expect(found).toMatchObject({ hits: [], totalCount: 0, facets: {} });
  }
});

test("a locale without translations finds the texts it falls back to, by the rules of their language", async () => {
  const { anEditor } = await installation();
  const ctx = await anEditor();
  const id = await onSale(ctx, { title: "Mugs" });
  const inGerman = await searchProducts(ctx, "mug ", { locale: "de" });
  expect(inGerman.hits.map(({ card }) => [card.id, card.locale])).toEqual([[id, "en"]]);

  const translations = [
    { locale: "en", title: "Mugs" },
    { locale: "de", title: "Becher" },
  ];
  await products.update(ctx, updateProduct(ctx.tenant).parse({ id, translations }));
  await refreshProducts(ctx, [id]);
  expect((await searchProducts(ctx, "mugs", { locale: "de" })).hits).toEqual([]);
  expect((await searchProducts(ctx, "bechern", { locale: "de" })).hits).toHaveLength(1);
  expect((await searchProducts(ctx, "becher")).hits).toEqual([]);
});
