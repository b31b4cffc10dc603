import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { newId } from "#kernel/ids";
import { installation } from "#test/installation";
import { onSale, published } from "./a-catalogue.ts";

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
