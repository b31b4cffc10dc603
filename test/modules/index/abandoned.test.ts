import { beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { Conflict } from "#kernel/errors";
import { projectionsEnded, rebuild, rollBack, verify } from "#modules/index";
import { installation } from "#test/installation";
import { onSale } from "../search/a-catalogue.ts";
import { waitingForLock } from "./source.ts";

let shop: RequestContext;
beforeEach(async () => {
  shop = await (await installation()).anEditor();
  await onSale(shop, { title: "A mug" });
});

async function states(): Promise<Record<number, string>> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ generation: number; state: string }>(
    "select generation, state from index_generations where tenant_id = $1 and kind = 'product'",
    [shop.tenant.id],
  );
  return Object.fromEntries(rows.map(({ generation, state }) => [generation, state]));
}

/** Rows of read models that are none. */
async function leftovers(): Promise<unknown[]> {
  const { owner } = await installation();
  const { rows } = await owner.query(
    `select r.generation from index_products r
     left join index_generations g
       on g.tenant_id = r.tenant_id and g.kind = 'product' and g.generation = r.generation
     where r.tenant_id = $1 and g.generation is null`,
    [shop.tenant.id],
  );
  return rows;
}

/** Has something happen when a rebuild has begun and come to its first page. */
async function amidRebuild(happens: () => Promise<void>): Promise<unknown> {
  let rebuilt: Promise<unknown> = Promise.resolve();
  await inTransaction(shop, async (tx) => {
    // Nobody projects meanwhile, nor does the rebuild.
    await projectionsEnded(tx);
    rebuilt = rebuild(shop, { kind: "product" }).catch((error: unknown) => error);
    await waitingForLock(1);
    await happens();
  });
  return rebuilt;
}

test("a rebuild that is abandoned while it goes on ends, and what is read stays", async () => {
  const ended = await amidRebuild(async () => {
    await rollBack(shop, "product");
  });
  expect(ended).toBeInstanceOf(Conflict);
  expect(await states()).toEqual({ 1: "live", 2: "retired" });
  expect(await Array.fromAsync(verify(shop))).toEqual([]);
});

test("nor does it leave anything when what it built is removed meanwhile", async () => {
  const ended = await amidRebuild(async () => {
    await rollBack(shop, "product");
    const { owner } = await installation();
    // The end of its removal: of rows there is none yet.
    await owner.query("delete from index_generations where tenant_id = $1 and state = 'retired'", [
      shop.tenant.id,
    ]);
  });
  expect(ended).toBeInstanceOf(Conflict);
  expect(await states()).toEqual({ 1: "live" });
  expect(await leftovers()).toEqual([]);
});
