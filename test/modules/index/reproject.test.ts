import { beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import {
  refreshCategories,
  refreshContent,
  refreshProducts,
  reproject,
  verify,
} from "#modules/index";
import { installation } from "#test/installation";
import {
  aCategory,
  anAuthor,
  aPost,
  aProduct,
  aTag,
  rename,
  run,
  waitingForLock,
  write,
} from "./source.ts";

let editor: RequestContext;
beforeEach(async () => {
  editor = await (await installation()).anEditor();
});

/** Which documents were written while `work` ran. */
async function rewritten(work: () => Promise<void>): Promise<string[]> {
  const before = await versions();
  await work();
  const after = await versions();
  const ids = [...after]
    .filter(([key, version]) => before.get(key) !== version)
    .map(([key]) => key);
  return [...new Set(ids.map((key) => key.split(" ")[0] ?? ""))].toSorted();
}

/** The transaction that wrote each row last. */
async function versions(): Promise<Map<string, string>> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ key: string; version: string }>(
    `select product_id || ' ' || locale as key, xmin::text as version from index_products where tenant_id = $1
     union all select node_id || ' ' || locale, xmin::text from index_content where tenant_id = $1
     union all select category_id || ' ' || locale, xmin::text from index_categories where tenant_id = $1`,
    [editor.tenant.id],
  );
  return new Map(rows.map(({ key, version }) => [key, version]));
}

async function differences(): Promise<unknown[]> {
  return Array.fromAsync(verify(editor));
}

/** Two branches of categories with a product each, two posts by two authors, all projected. */
async function aSite() {
  const clothes = await aCategory(editor, "clothes");
  const shirts = await aCategory(editor, "shirts", { parent: clothes });
  const mugs = await aCategory(editor, "mugs");
  const [sale, summer] = [await aTag(editor, "sale"), await aTag(editor, "summer")];
  const [ada, bob] = [await anAuthor(editor, "ada"), await anAuthor(editor, "bob")];
  const shirt = await aProduct(editor, { categories: [shirts], tags: [sale] });
  const jacket = await aProduct(editor, { categories: [clothes], tags: [summer] });
  const mug = await aProduct(editor, { categories: [mugs], tags: [sale] });
  const hers = await aPost(editor, { author: ada });
  const his = await aPost(editor, { author: bob });
  await refreshCategories(editor, [clothes, shirts, mugs]);
  await refreshProducts(editor, [shirt, jacket, mug]);
  await refreshContent(editor, [hers, his]);
  return { clothes, shirts, mugs, sale, ada, shirt, jacket, mug, hers };
}

test("a renamed category is projected where it is shown, breadcrumbs below it included, and nowhere else", async () => {
  const { clothes, shirts, mugs, shirt, jacket } = await aSite();
  await rename(editor, "categories", clothes, "Kleidung");
  await refreshCategories(editor, [clothes]);
  expect(await rewritten(() => reproject(editor, [clothes]))).toEqual(
    [shirts, shirt, jacket].toSorted(),
  );
  expect(await differences()).toEqual([]);

  await rename(editor, "categories", shirts, "Hemden");
  await refreshCategories(editor, [shirts]);
  expect(await rewritten(() => reproject(editor, [shirts]))).toEqual([shirt]);
  expect(await differences()).toEqual([]);

  // Moved to another branch, and its products with it.
  await run(
    editor,
    "update categories set parent_id = $2, revision = revision + 1 where id = $1",
    shirts,
    mugs,
  );
  await run(editor, "update tenants set shared_revision = shared_revision + 1");
  await refreshCategories(editor, [shirts]);
  expect(await rewritten(() => reproject(editor, [shirts]))).toEqual([shirt]);
  expect(await differences()).toEqual([]);
});

test("a renamed tag and a renamed author are projected where they are shown", async () => {
  const { sale, ada, shirt, mug, hers } = await aSite();
  await rename(editor, "tags", sale, "Ausverkauf");
  expect(await rewritten(() => reproject(editor, [sale]))).toEqual([shirt, mug].toSorted());
  await rename(editor, "authors", ada, "Ada Lovelace");
  expect(await rewritten(() => reproject(editor, [ada]))).toEqual([hers]);
  expect(await differences()).toEqual([]);
});

test("a deleted tag leaves the documents that carried it, though no source row tells which they were", async () => {
  const { sale, shirt, mug } = await aSite();
  await run(editor, "delete from tags where id = $1", sale);
  await run(editor, "update tenants set shared_revision = shared_revision + 1");
  expect(await rewritten(() => reproject(editor, [sale]))).toEqual([shirt, mug].toSorted());
  expect(await differences()).toEqual([]);
});

test("a document that came to show a tag while the tag was being renamed is not missed", async () => {
  const tag = await aTag(editor, "sale");
  const id = await aProduct(editor);
  await refreshProducts(editor, [id]);
  await write(editor, { product_tags: [{ product_id: id, tag_id: tag }] });
  await run(editor, "update products set revision = revision + 1 where id = $1", id);

  let [late, renamed] = [Promise.resolve(), Promise.resolve()];
  await inTransaction(editor, async (tx) => {
    await tx.sql("select from index_products where product_id = $1 for update", [id]);
    // It has read the old name and waits to write it; until it has, no row says that the tag is shown.
    late = refreshProducts(editor, [id]);
    await waitingForLock(1);
    await rename(editor, "tags", tag, "Ausverkauf");
    renamed = reproject(editor, [tag]);
    await waitingForLock(2);
  });
  await Promise.all([late, renamed]);

  expect(await differences()).toEqual([]);
});
