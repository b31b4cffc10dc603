import { expect, test } from "vitest";
import { newId } from "#kernel/ids";
import { products } from "#modules/commerce";
import { eventsOf, installation } from "#test/installation";
import { aVariant, aWarehouse, created, rowsOf, seen } from "./a-shirt.ts";

const { anEditor } = await installation();

test("publishing a product makes it public once", async () => {
  const editor = await anEditor();
  const { id } = await created(editor);
  await products.publish(editor, { id, revision: 1 });
  const published = await seen(editor, id);
  expect(published).toMatchObject({ status: "published", revision: 2 });
  expect(published.publishedAt).toEqual(published.updatedAt);

  const before = await rowsOf(editor);
  await products.publish(editor, { id });
  expect(await rowsOf(editor)).toEqual(before);
  expect((await eventsOf(editor)).slice(1)).toEqual([
    { type: "product.published", payload: { productId: id, revision: 2 } },
  ]);
});

test("a product that is hidden and shown again keeps its first date", async () => {
  const editor = await anEditor();
  const { id, publishedAt } = await created(editor, { status: "published" });
  await products.unpublish(editor, { id });
  expect(await seen(editor, id)).toMatchObject({ status: "draft", revision: 2, publishedAt });
  await products.publish(editor, { id });
  expect(await seen(editor, id)).toMatchObject({ status: "published", revision: 3, publishedAt });
  expect((await eventsOf(editor)).slice(2)).toEqual([
    { type: "product.unpublished", payload: { productId: id, revision: 2 } },
    { type: "product.published", payload: { productId: id, revision: 3 } },
  ]);
});

test("hiding a draft changes nothing and says nothing", async () => {
  const editor = await anEditor();
  const { id } = await created(editor);
  const before = await rowsOf(editor);
  await products.unpublish(editor, { id });
  expect(await rowsOf(editor)).toEqual(before);
});

test("two who publish at the same time publish once", async () => {
  const editor = await anEditor();
  const { id } = await created(editor);
  await Promise.all([products.publish(editor, { id }), products.publish(editor, { id })]);
  const types = (await eventsOf(editor)).map(({ type }) => type);
  expect(types).toEqual(["product.created", "product.published"]);
});

test("a deleted product leaves a tombstone and nothing else", async () => {
  const editor = await anEditor();
  const locationId = await aWarehouse(editor);
  const before = await rowsOf(editor);
  const { id } = await created(editor, {
    variants: [aVariant("S", { inventory: [{ locationId, quantity: 7 }] })],
  });
  await products.remove(editor, { id, revision: 1 });
  expect(await rowsOf(editor)).toEqual({
    ...before,
    tombstones: [expect.objectContaining({ aggregate_id: id, kind: "product", revision: 2 })],
    sys_events: [expect.anything(), expect.anything()],
  });
  expect((await eventsOf(editor)).at(-1)).toEqual({
    type: "product.deleted",
    payload: { productId: id, revision: 2 },
  });
  await expect(products.remove(editor, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a stale revision stops publication, its reverse and deletion", async () => {
  const editor = await anEditor();
  const { id } = await created(editor);
  const before = await rowsOf(editor);
  for (const change of [products.publish, products.unpublish, products.remove]) {
    await expect(change(editor, { id, revision: 2 })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(change(editor, { id: newId() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  expect(await rowsOf(editor)).toEqual(before);
});
