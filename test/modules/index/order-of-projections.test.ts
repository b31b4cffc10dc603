import { beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { newId } from "#kernel/ids";
import { refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { refresh } from "../../../src/modules/index/projection.ts";
import { products } from "../../../src/modules/index/read-model.ts";
import { aCategory, aProduct, rename, run, waitingForLock } from "./source.ts";

let editor: RequestContext;
beforeEach(async () => {
  editor = await (await installation()).anEditor();
});

async function shown(productId: string): Promise<unknown> {
  const { owner } = await installation();
  const { rows } = await owner.query(
    `select revision::integer, title, doc -> 'categories' -> 0 ->> 'name' as category, visible
     from index_products where product_id = $1 and locale = 'en'`,
    [productId],
  );
  return rows[0];
}

const retitle = "update product_translations set title = $2 where product_id = $1";
const raise = "update products set revision = revision + 1 where id = $1";

test("a projection that read the older state does not overwrite the newer one", async () => {
  const id = await aProduct(editor, { title: "First" });
  await refreshProducts(editor, [id]);
  await run(editor, retitle, id, "Second");
  await run(editor, raise, id);

  let late = Promise.resolve();
  await inTransaction(editor, async (tx) => {
    await tx.sql("select from index_products where product_id = $1 for update", [id]);
    // It has read "Second" and now waits for the row to write it.
    late = refreshProducts(editor, [id]);
    await waitingForLock(1);
    await run(editor, retitle, id, "Third");
    await run(editor, raise, id);
    await refreshProducts(tx, [id]);
  });
  await late;

  expect(await shown(id)).toEqual({ revision: 3, title: "Third", category: null, visible: true });
});

test("nor does one that read an older name of something shared", async () => {
  const category = await aCategory(editor, "shirts");
  const id = await aProduct(editor, { title: "Shirt", categories: [category] });
  await refreshProducts(editor, [id]);

  let late = Promise.resolve();
  await inTransaction(editor, async (tx) => {
    await tx.sql("select from index_products where product_id = $1 for update", [id]);
    late = refreshProducts(editor, [id]);
    await waitingForLock(1);
    await rename(editor, "categories", category, "Hemden");
    await refreshProducts(tx, [id]);
  });
  await late;

  expect(await shown(id)).toEqual({
    revision: 1,
    title: "Shirt",
    category: "Hemden",
    visible: true,
  });
});

test("whatever order the states of a life arrive in, twice over, the last one stands", async () => {
  const category = await aCategory(editor, "shirts");
  const id = await aProduct(editor, { title: "First", categories: [category] });
  const states = [await remember(id)];
  await run(editor, retitle, id, "Second");
  await run(editor, raise, id);
  states.push(await remember(id));
  await rename(editor, "categories", category, "Hemden");
  states.push(await remember(id));
  await bury(id);
  states.push(await remember(id));

  for (const order of permutations(states)) {
    await run(editor, "delete from index_products");
    for (const state of [...order, ...order]) await refresh(editor, state, [id]);
    expect(await shown(id)).toEqual({ revision: 3, title: null, category: null, visible: false });
  }
});

test("a document unpublished and published again is not taken back by what happened in between", async () => {
  const id = await aProduct(editor, { title: "First" });
  const states = [await remember(id)];
  await run(editor, "update products set status = 'draft', revision = 2 where id = $1", id);
  states.push(await remember(id));
  await run(editor, "update products set status = 'published', revision = 3 where id = $1", id);
  states.push(await remember(id));

  for (const order of permutations(states)) {
    await run(editor, "delete from index_products");
    for (const state of order) await refresh(editor, state, [id]);
    expect(await shown(id)).toEqual({ revision: 3, title: "First", category: null, visible: true });
  }
});

/** The read model of a projection that takes its snapshot now and is heard of whenever one likes. */
async function remember(id: string): Promise<typeof products> {
  const { owner } = await installation();
  const name = `state_${newId().replaceAll("-", "")}`;
  await owner.query(`
    create table ${name} as select * from project_products(array['${id}'::uuid]);
    create function project_${name}(ids uuid[]) returns setof ${name} language sql as 'select * from ${name}';
    grant select on ${name} to rustok_app`);
  return { ...products, projection: `project_${name}` };
}

/** Deletes the product as its service does. */
async function bury(id: string): Promise<void> {
  await inTransaction(editor, async (tx) => {
    const [product] = await tx.sql<{ revision: string }>(
      "delete from products where id = $1 returning revision",
      [id],
    );
    await tx.sql(
      "insert into tombstones (tenant_id, aggregate_id, kind, revision) values ($1, $2, 'product', $3)",
      [editor.tenant.id, id, Number(product?.revision) + 1],
    );
  });
}

function permutations<T>(list: T[]): T[][] {
  if (list.length < 2) return [list];
  return list.flatMap((first, at) =>
    permutations(list.toSpliced(at, 1)).map((rest) => [first, ...rest]),
  );
}
