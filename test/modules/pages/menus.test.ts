import { describe, expect, test } from "vitest";
import { createProduct, products } from "#modules/commerce";
import type { RequestContext } from "#kernel/context";
import { BadUserInput, Conflict, StaleRevision } from "#kernel/errors";
import { nodes } from "#modules/content";
import { refreshCategories, refreshContent, refreshProducts } from "#modules/index";
import { createMenu, menus, refreshPages, updateMenu } from "#modules/pages";
import { categories } from "#modules/taxonomy";
import { eventsOf, installation } from "#test/installation";
import { server } from "#test/server";
import { aNode, english } from "../content/a-node.ts";

const { anEditor } = await installation();
const client = await server();

const create = (ctx: RequestContext, items: object[], handle = "main") =>
  menus.create(ctx, createMenu(ctx.tenant).parse({ handle, name: "Main", items }));

const url = (path: string, more = {}) => ({
  url: path,
  labels: [{ locale: "en", label: path.slice(1) }],
  ...more,
});

interface Item {
  label: string;
  children: Item[];
}

async function shown({ tenant }: RequestContext, locale = "en") {
  const item = "label kind targetId path handle url";
  const { data } = await client.graphql<{ menu: { name: string; items: Item[] } | null }>(
    tenant,
    `query ($locale: String) { menu(handle: "main", locale: $locale) {
       name items { ${item} children { ${item} children { ${item} } } } } }`,
    { locale },
  );
  return data.menu;
}

/** As an outline: "shop[lamps]|about". */
const outline = (items: Item[] | undefined): string =>
  (items ?? [])
    .map(({ label, children }) => label + (children?.length ? `[${outline(children)}]` : ""))
    .join("|");

async function aSite() {
  const editor = await anEditor();
  const translations = [
    english("about", { title: "About" }),
    { locale: "de", slug: "über-uns", title: "Über uns" },
  ];
  const page = (await aNode(editor, { kind: "page", status: "published", translations })).id;
  const category = (
    await categories.create(editor, {
      scope: "product",
      handle: "lamps",
      position: 0,
      translations: [{ locale: "en", name: "Lamps" }],
    })
  ).id;
  const given = {
    handle: "lantern",
    status: "published",
    translations: [{ locale: "en", title: "Lantern" }],
    variants: [{}],
  };
  const product = (await products.create(editor, createProduct(editor.tenant).parse(given))).id;
  await refreshContent(editor, [page]);
  await refreshPages(editor, [page]);
  await refreshCategories(editor, [category]);
  await refreshProducts(editor, [product]);
  return { editor, page, category, product };
}

const at = { path: null, handle: null, url: null, targetId: null, children: [] };

test("a menu points at pages, categories, products and URLs, in the reader's locale", async () => {
  const { editor, page, category, product } = await aSite();
  await create(editor, [
    { pageId: page },
    { categoryId: category, labels: [{ locale: "de", label: "Leuchten" }] },
    { level: 1, productId: product },
    { url: "https://example.com", labels: [{ locale: "en", label: "Friends" }] },
    { url: "/nur-hier", labels: [{ locale: "de", label: "Nur hier" }], locales: ["de"] },
  ]);
  const lantern = {
    ...at,
    kind: "product",
    label: "Lantern",
    targetId: product,
    handle: "lantern",
  };
  const lamps = { ...at, kind: "category", targetId: category, handle: "lamps" };
  expect(await shown(editor)).toEqual({
    name: "Main",
    items: [
      { ...at, kind: "page", label: "About", targetId: page, path: "/about" },
      { ...lamps, label: "Lamps", children: [lantern] },
      { ...at, kind: "url", label: "Friends", url: "https://example.com" },
    ],
  });
  expect(await shown(editor, "de")).toMatchObject({
    items: [
      { label: "Über uns", path: "/über-uns" },
      { label: "Leuchten", children: [{ label: "Lantern" }] },
      { label: "Friends" },
      { label: "Nur hier", url: "/nur-hier" },
    ],
  });
  expect(await shown(await anEditor())).toBeNull();
});

test("what is not public is not shown, nor what is below it; the rest keeps its place", async () => {
  const { editor, page, product } = await aSite();
  await create(editor, [
    url("/a"),
    { level: 1, pageId: page },
    url("/below", { level: 2 }),
    url("/b", { level: 1 }),
    { productId: product },
    url("/under-it", { level: 1 }),
  ]);
  expect(outline((await shown(editor))?.items)).toBe("a[About[below]|b]|Lantern[under-it]");
  await nodes.unpublish(editor, { id: page });
  await refreshContent(editor, [page]);
  await refreshPages(editor, [page]);
  expect(outline((await shown(editor))?.items)).toBe("a[b]|Lantern[under-it]");
  await products.remove(editor, { id: product });
  expect(outline((await shown(editor))?.items)).toBe("a[b]");
});

test("an empty menu is one, without items", async () => {
  const editor = await anEditor();
  await create(editor, []);
  expect(await shown(editor)).toEqual({ name: "Main", items: [] });
});

describe("an editor", () => {
  test("changes what is given; the items given are all there are; nothing new is nothing", async () => {
    const { editor, page } = await aSite();
    const { id } = await create(editor, [url("/a"), { pageId: page }, url("/c")]);
    const update = (given: object) =>
      menus.update(editor, updateMenu(editor.tenant).parse({ id, ...given }));
    await update({ name: "Top" });
    await update({ name: "Top" });
    await update({ items: [url("/c"), { pageId: page }], revision: 2 });
    await update({ items: [url("/c"), { pageId: page }] });
    expect(await shown(editor)).toMatchObject({ name: "Top" });
    expect(outline((await shown(editor))?.items)).toBe("c|About");
    await expect(update({ name: "Late", revision: 2 })).rejects.toThrow(StaleRevision);
    await menus.remove(editor, { id, revision: 3 });
    expect(await shown(editor)).toBeNull();
    expect((await eventsOf(editor)).filter(({ type }) => type.startsWith("menu"))).toEqual([
      { type: "menu.created", payload: { menuId: id, revision: 1 } },
      { type: "menu.updated", payload: { menuId: id, revision: 2 } },
      { type: "menu.updated", payload: { menuId: id, revision: 3 } },
      { type: "menu.deleted", payload: { menuId: id, revision: 4 } },
    ]);
  });

  test("cannot have two of a handle, nor point at what is not there or is no page", async () => {
    const { editor } = await aSite();
    const stranger = await aSite();
    const post = (await aNode(editor)).id;
    await create(editor, [url("/a")]);
    const before = (await eventsOf(editor)).length;
    await expect(create(editor, [])).rejects.toThrow(Conflict);
    for (const item of [
      { pageId: post },
      { pageId: stranger.page },
      { categoryId: stranger.category },
      { productId: stranger.product },
    ]) {
      await expect(create(editor, [item], "other")).rejects.toThrow(
        BadUserInput.at([Object.keys(item)[0] ?? ""], "refers to something that does not exist"),
      );
    }
    expect((await eventsOf(editor)).length).toBe(before);
  });

  test("is told every fault of the items at once", async () => {
    const { tenant } = await anEditor();
    const { error } = createMenu(tenant).safeParse({
      handle: "main",
      name: "Main",
      items: [
        url("/a", { level: 1 }),
        url("/b", { level: 3 }),
        { labels: [] },
        { url: "javascript:alert(1)", labels: [{ locale: "en", label: "x" }] },
        { url: "//evil.example", labels: [{ locale: "en", label: "x" }] },
        { url: "/unnamed" },
        { url: "/x", labels: [{ locale: "fr", label: "x" }] },
      ],
    });
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual([
      "items.1.level",
      "items.2",
      "items.3.url",
      "items.4.url",
      "items.5.labels",
      "items.6.labels.0.locale",
      "items.0.level",
      "items.1.level",
    ]);
  });
});
