import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { products, updateProduct } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { forgetUnusedWords } from "#modules/search";
import { installation } from "#test/installation";
import { onSale, published, titles } from "../a-catalogue.ts";

async function words(ctx: RequestContext, locale = "en"): Promise<string[]> {
  const sql = "select word from index_words where locale = $1 order by word";
  const rows = await inTransaction(ctx, (tx) => tx.sql<{ word: string }>(sql, [locale]));
  return rows.map(({ word }) => word);
}

test("the words of documents are kept for each locale; numbers, SKUs and single letters are not", async () => {
  const ctx = await (await installation()).anEditor();
  await onSale(ctx, {
    title: "Mugs 3 x",
    translations: [
      { locale: "en", title: "Mugs 3 x" },
      { locale: "de", title: "Becher" },
    ],
    variants: [{ sku: "M17" }],
  });
  expect(await words(ctx)).toEqual(["mugs"]);
  expect(await words(ctx, "de")).toEqual(["becher"]);
});

test("words that no document has any more are forgotten on request, and no others", async () => {
  const ctx = await (await installation()).anEditor();
  const id = await onSale(ctx, { title: "Walnut desk" });
  await published(ctx, "Desk talk");
  await products.update(
    ctx,
    updateProduct(ctx.tenant).parse({
      id,
      translations: [{ locale: "en", title: "Maritime desk" }],
    }),
  );
  await refreshProducts(ctx, [id]);
  expect(await words(ctx)).toEqual(["desk", "maritime", "talk", "walnut"]);

  await forgetUnusedWords(ctx);
  expect(await words(ctx)).toEqual(["desk", "maritime", "talk"]);
  expect(await titles(ctx, "martime")).toEqual(["Maritime desk"]);
});

test("forgetting leaves the words of other tenants alone", async () => {
  const { anEditor } = await installation();
  const [ours, theirs] = [await anEditor(), await anEditor()];
  await onSale(theirs, { title: "Walnut" });
  await forgetUnusedWords(ours);
  expect(await words(theirs)).toEqual(["walnut"]);
});

test("a projection adds its words in order, so that two with the same ones wait instead of locking up", async () => {
  const { owner, anEditor } = await installation();
  const ctx = await anEditor();
  const letters = (n: number) =>
    String(n).replaceAll(/\d/g, (digit) => "abcdefghij".charAt(Number(digit)));
  const fresh = Array.from({ length: 300 }, (_, i) => `new${letters((i * 7_919) % 1_000)}`);
  await onSale(ctx, { title: "Mug", description: fresh.join(" ") });
  const { rows } = await owner.query<{ word: string }>(
    "select word from index_words where tenant_id = $1 and locale = 'en' order by ctid",
    [ctx.tenant.id],
  );
  const added = rows.map(({ word }) => word);
  expect(added).toHaveLength(301);
  expect(added).toEqual(added.toSorted());
});
