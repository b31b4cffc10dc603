import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { refreshCategories, refreshContent } from "#modules/index";
import { installation } from "#test/installation";
import { aCategory, anAuthor, aPost, aTag, run, time, write } from "./source.ts";

let editor: RequestContext;
beforeAll(async () => {
  const { aTenant, anEditor } = await installation();
  editor = await anEditor(await aTenant({ locales: ["en", "de", "fr"] }));
});

async function rowsOf(nodeId: string): Promise<Record<string, unknown>[]> {
  const { owner } = await installation();
  const { rows } = await owner.query<Record<string, unknown>>(
    `select locale, visible, shown_locale, kind, slug, title, author_handle, category_handles, tag_handles, shows,
       parent_id, position, published_at, revision::integer, doc
     from index_content where node_id = $1 order by locale`,
    [nodeId],
  );
  return rows;
}

test("a document answers a page whole and says where else it is found", async () => {
  const parentId = await aPost(editor);
  const author = await anAuthor(editor, "ada");
  const news = await aCategory(editor, "news", { scope: "content" });
  const linen = await aTag(editor, "linen", "content");
  const id = await aPost(editor, { slug: "on-linen", author, categories: [news], tags: [linen] });
  await run(
    editor,
    `update nodes set parent_id = $2, position = 3, fields = '{"rating": 5}', revision = 4 where id = $1`,
    id,
    parentId,
  );
  await write(editor, {
    node_translations: [
      {
        node_id: id,
        kind: "post",
        locale: "de",
        slug: "leinen",
        title: "Über Leinen",
        excerpt: "Kurz",
      },
      // A locale that the tenant does not have.
      { node_id: id, kind: "post", locale: "it", slug: "lino", title: "Lino" },
    ],
  });
  await refreshContent(editor, [id]);

  const english = {
    id,
    revision: 4,
    locale: "en",
    kind: "post",
    slug: "on-linen",
    alternates: [
      { locale: "de", slug: "leinen" },
      { locale: "en", slug: "on-linen" },
    ],
    title: "A post",
    excerpt: null,
    html: "<p>Text</p>",
    parentId,
    position: 3,
    fields: { rating: 5 },
    publishedAt: time,
    createdAt: time,
    updatedAt: time,
    seo: { title: null, description: null },
    author: { handle: "ada", name: "Name of ada", bio: null, avatarUrl: null },
    categories: [
      {
        handle: "news",
        name: "Name of news",
        breadcrumb: [{ handle: "news", name: "Name of news" }],
      },
    ],
    tags: [{ handle: "linen", name: "Name of linen" }],
  };
  const columns = {
    visible: true,
    kind: "post",
    author_handle: "ada",
    category_handles: ["news"],
    tag_handles: ["linen"],
    shows: [news, linen, author],
    parent_id: parentId,
    position: 3,
    published_at: new Date(time),
    revision: 4,
  };
  const inEnglish = {
    ...columns,
    shown_locale: "en",
    slug: "on-linen",
    title: "A post",
    doc: english,
  };
  expect(await rowsOf(id)).toEqual([
    {
      ...columns,
      locale: "de",
      shown_locale: "de",
      slug: "leinen",
      title: "Über Leinen",
      doc: {
        ...english,
        locale: "de",
        slug: "leinen",
        title: "Über Leinen",
        excerpt: "Kurz",
        html: "",
      },
    },
    { ...inEnglish, locale: "en" },
    { ...inEnglish, locale: "fr" },
  ]);
});

test("a node that nobody signed and nothing files has no author and empty lists", async () => {
  const id = await aPost(editor);
  await refreshContent(editor, [id]);
  expect((await rowsOf(id))[0]).toMatchObject({
    author_handle: null,
    parent_id: null,
    shows: [],
    doc: { author: null, parentId: null, categories: [], tags: [] },
  });
});

test("a category's document has its way from the root, and its place among its siblings", async () => {
  const { owner } = await installation();
  const root = await aCategory(editor, "clothes");
  const id = await aCategory(editor, "shirts", { parent: root });
  await run(editor, "update categories set position = 2 where id = $1", id);
  await write(editor, {
    category_translations: [{ category_id: id, locale: "de", name: "Hemden", description: "Alle" }],
  });
  await refreshCategories(editor, [id]);

  const { rows } = await owner.query(
    `select locale, shown_locale, scope, handle, name, parent_id, position, shows, doc
     from index_categories where category_id = $1 order by locale`,
    [id],
  );
  const columns = {
    scope: "product",
    handle: "shirts",
    parent_id: root,
    position: 2,
    shows: [root],
  };
  const document = (locale: string, name: string, description: string | null) => ({
    id,
    revision: 1,
    locale,
    scope: "product",
    handle: "shirts",
    name,
    description,
    parentId: root,
    position: 2,
    breadcrumb: [
      { handle: "clothes", name: "Name of clothes" },
      { handle: "shirts", name },
    ],
  });
  const english = document("en", "Name of shirts", null);
  expect(rows).toEqual([
    {
      ...columns,
      locale: "de",
      shown_locale: "de",
      name: "Hemden",
      doc: document("de", "Hemden", "Alle"),
    },
    { ...columns, locale: "en", shown_locale: "en", name: "Name of shirts", doc: english },
    { ...columns, locale: "fr", shown_locale: "en", name: "Name of shirts", doc: english },
  ]);
});

test("ids of nothing at all leave nothing behind", async () => {
  const { owner } = await installation();
  const id = newId();
  await refreshContent(editor, [id]);
  await refreshCategories(editor, [id]);
  const { rows } = await owner.query(
    `select node_id from index_content where node_id = $1
     union all select category_id from index_categories where category_id = $1`,
    [id],
  );
  expect(rows).toEqual([]);
});
