import { beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { rebuild, repair, verify, type Difference, type Progress } from "#modules/index";
import { installation } from "#test/installation";
import { batchSize } from "../../../src/modules/index/read-model.ts";
import { aCategory, aPost, aProduct, run, time, write } from "./source.ts";

let editor: RequestContext;
beforeEach(async () => {
  editor = await (await installation()).anEditor();
});

function differences(): Promise<Difference[]> {
  return Array.fromAsync(verify(editor));
}

const remedies = {
  rebuild: (found: RequestContext) => rebuild(found),
  repair: async (found: RequestContext) => repair(found, await differences()),
};

test.each(["rebuild", "repair"] as const)(
  "finds what is missing, stale, orphaned or another tenant's, and nothing else; a %s puts it right",
  async (remedy) => {
    const { anEditor, aTenant, owner } = await installation();
    const [kept, lost, changed, gone] = [
      await aProduct(editor),
      await aProduct(editor),
      await aProduct(editor),
      await aProduct(editor),
    ];
    const category = await aCategory(editor, "news", { scope: "content" });
    const post = await aPost(editor, { categories: [category] });
    await write(editor, {
      tombstones: [{ aggregate_id: gone, kind: "product", revision: 2, deleted_at: time }],
    });
    await run(editor, "delete from products where id = $1", gone);
    expect(await differences()).toHaveLength(12);
    await rebuild(editor);
    expect(await differences()).toEqual([]);

    const neighbour = await anEditor(await aTenant());
    const theirs = await aProduct(neighbour);
    await rebuild(neighbour);
    const unheardOf = newId();
    const copy = (id: string, locale: string) =>
      owner.query(
        `insert into index_products (tenant_id, product_id, locale, revision, shared_revision, generation)
       values ($1, $2, $3, 1, 1, live_generation($1, 'product'))`,
        [editor.tenant.id, id, locale],
      );
    await copy(theirs, "en");
    await copy(unheardOf, "en");
    await copy(kept, "it");
    await run(editor, "delete from index_products where product_id = $1 and locale = 'de'", lost);
    await run(
      editor,
      `update index_products set in_stock = true, doc = doc || '{"title": "Altered"}' where product_id = $1 and locale = 'en'`,
      changed,
    );
    await run(
      editor,
      `update index_products set revision = 9, doc = (select doc from live_products where product_id = $2 and locale = 'en')
     where product_id = $1 and locale = 'en'`,
      gone,
      kept,
    );
    await run(editor, "update nodes set revision = 5 where id = $1", post);
    await run(editor, "update index_categories set position = 9 where locale = 'en'");
    // Noise that is no difference.
    await run(editor, "update index_products set indexed_at = '2001-01-01', shared_revision = 0");

    const product = { kind: "product", locale: "en", fields: [] };
    const planted = [
      { kind: "category", id: category, locale: "en", reason: "stale", fields: ["position"] },
      { ...product, id: kept, locale: "it", reason: "orphaned" },
      { ...product, id: lost, locale: "de", reason: "missing" },
      { ...product, id: changed, reason: "stale", fields: ["doc", "in_stock"] },
      { ...product, id: gone, reason: "stale", fields: ["doc", "revision"] },
      { ...product, id: theirs, reason: "orphaned" },
      { ...product, id: unheardOf, reason: "orphaned" },
      ...["de", "en"].map((locale) => ({
        kind: "node",
        id: post,
        locale,
        reason: "stale",
        fields: ["doc", "revision"],
      })),
    ];
    expect(await differences()).toEqual(
      planted.map((difference) => ({ store: "read model", ...difference })),
    );

    const untouched = await rowsOf(kept, "en");
    await remedies[remedy](editor);
    if (remedy === "repair") expect(await rowsOf(kept, "en")).toEqual(untouched);
    expect(await differences()).toEqual([]);
    expect(await Array.fromAsync(verify(neighbour))).toEqual([]);
  },
);

/** With the transaction that wrote each last. */
async function rowsOf(id: string, locale: string): Promise<unknown[]> {
  const { owner } = await installation();
  const { rows } = await owner.query(
    "select xmin::text, * from index_products where product_id = $1 and locale = $2 order by generation",
    [id, locale],
  );
  return rows;
}

test("works in batches and tells how far it is", async () => {
  const { anEditor } = await installation();
  const many = await anEditor();
  const ids = Array.from({ length: batchSize + 1 }, newId);
  await write(many, {
    products: ids.map((id) => ({
      id,
      handle: id,
      status: "draft",
      revision: 1,
      created_at: time,
      updated_at: time,
    })),
  });
  const seen: Progress[] = [];
  await rebuild(many, { kind: "product", onProgress: (progress) => seen.push(progress) });
  expect(seen).toEqual([
    { kind: "product", done: 0, total: 501 },
    { kind: "product", done: 500, total: 501 },
    { kind: "product", done: 501, total: 501 },
  ]);
  const progress: Progress[] = [];
  const found = await Array.fromAsync(verify(many, { onProgress: (each) => progress.push(each) }));
  expect(found).toEqual([]);
  expect(progress.filter(({ kind }) => kind === "product")).toEqual(seen);
});
