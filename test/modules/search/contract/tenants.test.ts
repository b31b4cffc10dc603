import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { products, updateProduct } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { onSale, published } from "../a-catalogue.ts";
import { onEitherEngine } from "./engines.ts";

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

onEitherEngine((engine) => {
  test("two tenants with the same documents find their own alone, and count their own alone", async () => {
    for (const ctx of [ours, theirs]) {
      for (const query of ["", "mug", "yelow mug", "mu"]) {
        const found = await engine.searchProducts(ctx, query, { facets: ["vendors"] });
        expect(found.hits.map(({ card }) => card.id)).toEqual([mine[ctx.tenant.id]?.[0]]);
        expect(found.totalCount).toBe(1);
        expect(found.facets.vendors).toEqual([{ value: "Kiln", label: "Kiln", count: 1 }]);
        const content = await engine.searchContent(ctx, query);
        expect(content.hits.map(({ card }) => card.id)).toEqual([mine[ctx.tenant.id]?.[1]]);
      }
    }
  });

  test("a word that only another tenant has corrects nobody's typo", async () => {
    const stranger = await (await installation()).anEditor();
    await onSale(stranger, { title: "Zweibelkuchen" });
    const { hits } = await engine.searchProducts(ours, "zwiebelkuchen");
    expect(hits).toEqual([]);
    expect((await engine.searchProducts(stranger, "zwiebelkuchen")).hits).toHaveLength(1);
  });

  test("drafts, unpublished and deleted products are never found, counted or listed", async () => {
    const { anEditor } = await installation();
    const ctx = await anEditor();
    const draft = await onSale(ctx, { title: "Draft vase", status: "draft" });
    const withdrawn = await onSale(ctx, { title: "Withdrawn vase", vendor: "Kiln" });
    const deleted = await onSale(ctx, { title: "Deleted vase" });
    expect((await engine.searchProducts(ctx, "vase")).totalCount).toBe(2);

    await products.unpublish(ctx, { id: withdrawn });
    await products.remove(ctx, { id: deleted });
    await refreshProducts(ctx, [draft, withdrawn, deleted]);
    for (const query of ["", "vase", "vaes"]) {
      const found = await engine.searchProducts(ctx, query, { facets: ["vendors"] });
      expect(found).toMatchObject({ hits: [], totalCount: 0, facets: {} });
    }
  });

  test("a locale without translations finds the texts it falls back to", async () => {
    const { anEditor } = await installation();
    const ctx = await anEditor();
    const id = await onSale(ctx, { title: "Mugs" });
    const inGerman = await engine.searchProducts(ctx, "mugs", { locale: "de" });
    expect(inGerman.hits.map(({ card }) => [card.id, card.locale])).toEqual([[id, "en"]]);

    const translations = [
      { locale: "en", title: "Mugs" },
      { locale: "de", title: "Becher" },
    ];
    await products.update(ctx, updateProduct(ctx.tenant).parse({ id, translations }));
    await refreshProducts(ctx, [id]);
    expect((await engine.searchProducts(ctx, "mugs", { locale: "de" })).hits).toEqual([]);
    expect((await engine.searchProducts(ctx, "becher", { locale: "de" })).hits).toHaveLength(1);
    expect((await engine.searchProducts(ctx, "becher")).hits).toEqual([]);
  });
});
