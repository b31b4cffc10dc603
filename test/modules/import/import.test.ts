import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { createProduct, products } from "#modules/commerce";
import { importShopify, importWordpress } from "#modules/import";
import { createCategory, categories } from "#modules/taxonomy";
import { eventsOf, installation } from "#test/installation";
import { eventCounts, shelfOf } from "./shelf.ts";
import { fixture } from "./streams.ts";

const shop = fixture("shop.csv").pathname;
const blog = fixture("blog.xml").pathname;

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "rustok-import-test-"))));
afterAll(() => rm(folder, { recursive: true }));

let files = 0;

async function aFile(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `${++files}`);
  await writeFile(path, content);
  return path;
}

/** A file of products of one variant each: handle, title, SKU, price. */
function aCatalogue(...rows: [string, string, string, string][]): Promise<string> {
  const lines = rows.map((cells) => cells.join(","));
  return aFile(["Handle,Title,Variant SKU,Variant Price", ...lines, ""].join("\n"));
}

async function handlesOf({ tenant }: RequestContext): Promise<string[]> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ handle: string }>(
    "select handle from products where tenant_id = $1 order by handle",
    [tenant.id],
  );
  return rows.map(({ handle }) => handle);
}

async function anEditor(): Promise<RequestContext> {
  return (await installation()).anEditor();
}

describe("a first import", () => {
  test("of a catalogue makes its products, and tells of each", async () => {
    const ctx = await anEditor();
    expect(await importShopify(ctx, shop)).toEqual({
      created: 8,
      updated: 0,
      unchanged: 0,
      failed: [],
    });
    const { products: sold, categories: shelves, tags } = await shelfOf(ctx.tenant);
    expect(sold).toEqual([
      expect.objectContaining({
        handle: "gift-card",
        status: "draft",
        texts: ["en: Gutschein für Käffchen | "],
        options: [],
      }),
      {
        handle: "linen-apron",
        status: "published",
        vendor: "Fernhollow",
        type: "Apron",
        revision: "1",
        texts: [
          'en: Linen Apron | <p>Washed linen.</p>\n<p>Two pockets, "deep" ones.</p> | Linen apron from Fernhollow | Washed linen with deep pockets',
        ],
        options: ["Colour", "Size"],
        variants: [
          {
            sku: "APR-SAND-S",
            barcode: "4006381333931",
            grams: 310,
            options: ["Colour=Sand", "Size=S"],
            titles: ["en: Sand / S"],
            prices: ["4990 EUR was 6500"],
            stock: ["4 at main"],
          },
          expect.objectContaining({
            sku: "APR-SAND-L",
            prices: ["4990 EUR"],
            stock: ["0 at main"],
          }),
          expect.objectContaining({
            sku: "APR-MOSS-L",
            prices: ["5200 EUR"],
            stock: ["-2 at main"],
          }),
        ],
        images: [
          "https://pictures.example/apron-front.jpg",
          "https://pictures.example/apron-back.jpg Back of the apron",
          "https://pictures.example/apron-detail.jpg",
          "https://pictures.example/apron-sand.jpg",
        ],
        categories: ["home-kitchen-textiles"],
        tags: ["kitchen", "linen"],
      },
    ]);
    expect(shelves.map(({ handle, parent, names }) => [handle, parent, names])).toEqual([
      ["home", null, ["en: Home"]],
      ["home-kitchen", "home", ["en: Kitchen"]],
      ["home-kitchen-textiles", "home-kitchen", ["en: Textiles"]],
    ]);
    expect(tags.map(({ handle, name }) => [handle, name])).toEqual([
      ["kitchen", "kitchen"],
      ["linen", "LINEN"],
    ]);
    expect(await eventCounts(ctx.tenant)).toEqual({
      "category.created": 3,
      "product.created": 2,
      "product.published": 1,
      "tag.created": 2,
    });
  });

  test("of a blog makes its posts, pages and comments, each where it belongs", async () => {
    const ctx = await anEditor();
    const report = await importWordpress(ctx, blog);
    expect(report).toMatchObject({ created: 21, updated: 0, unchanged: 0 });
    expect(report.failed.map(({ line }) => line)).toEqual([51, 54, 55]);
    const { nodes } = await shelfOf(ctx.tenant);
    const told = nodes.map(({ kind, slug, status, author, parent }) => {
      return [kind, slug, status, author, parent];
    });
    expect(told).toEqual([
      ["comment", "comment-2", "published", null, "firing-at-night"],
      ["comment", "comment-3", "published", null, "comment-2"],
      ["comment", "comment-4", "draft", null, "firing-at-night"],
      ["comment", "comment-6", "published", null, "firing-at-night"],
      ["comment", "comment-7", "draft", null, "door"],
      ["page", "branch", "published", "guest", "contact-21"],
      ["page", "contact", "published", "guest", "branch"],
      ["page", "contact-21", "published", null, null],
      ["page", "orphan", "draft", null, null],
      ["post", "door", "draft", null, null],
      ["post", "firing-at-night", "published", "mira", null],
      ["post", "post-31", "draft", null, null],
      ["post", "窯", "draft", null, null],
    ]);
    expect(nodes.find(({ slug }) => slug === "firing-at-night")).toMatchObject({
      title: "Firing at & other habits",
      publishedAt: new Date("2019-03-04T05:06:07Z"),
      categories: ["kilns"],
      tags: ["night-shift", "глина"],
    });
  });

  test("tells how far it is", async () => {
    const ctx = await anEditor();
    const seen: unknown[] = [];
    await importShopify(ctx, shop, { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([{ done: 2, total: 2 }]);
  });
});

describe("a second import", () => {
  test.each([
    ["catalogue", (ctx: RequestContext) => importShopify(ctx, shop)],
    ["blog", (ctx: RequestContext) => importWordpress(ctx, blog)],
  ])("of the same %s changes nothing and tells of nothing", async (_, again) => {
    const ctx = await anEditor();
    const first = await again(ctx);
    const [shelf, events] = [await shelfOf(ctx.tenant), await eventsOf(ctx)];
    expect(await again(ctx)).toEqual({
      created: 0,
      updated: 0,
      unchanged: first.created,
      failed: first.failed,
    });
    expect(await shelfOf(ctx.tenant)).toEqual(shelf);
    expect(await eventsOf(ctx)).toEqual(events);
  });

  test("updates what has changed in the file, and only that", async () => {
    const ctx = await anEditor();
    await importShopify(
      ctx,
      await aCatalogue(["cup", "Cup", "C-1", "12"], ["jug", "Jug", "J-1", "20"]),
    );
    const before = await eventsOf(ctx);
    const report = await importShopify(
      ctx,
      await aCatalogue(
        ["cup", "Cup", "C-1", "12"],
        ["jug", "Jug", "J-1", "22.50"],
        ["mug", "Mug", "M-1", "9"],
      ),
    );
    expect(report).toEqual({ created: 1, updated: 1, unchanged: 1, failed: [] });
    expect((await eventsOf(ctx)).slice(before.length).map(({ type }) => type)).toEqual([
      "product.updated",
      "price.updated",
      "product.created",
      "product.published",
    ]);
  });

  test("takes up and down what the source has published and hidden since", async () => {
    const ctx = await anEditor();
    const text = await readFile(blog, "utf8");
    await importWordpress(ctx, blog);
    const before = await eventsOf(ctx);
    const changed = text
      .replace("<wp:status>private</wp:status>", "<wp:status>publish</wp:status>")
      .replace("<wp:post_password>open</wp:post_password>", "")
      .replace("<wp:status>publish</wp:status>", "<wp:status>draft</wp:status>");
    await importWordpress(ctx, await aFile(changed));
    const after = (await eventsOf(ctx)).slice(before.length).map(({ type }) => type);
    expect(after.filter((type) => type === "node.published")).toHaveLength(3);
    expect(after.filter((type) => type === "node.unpublished")).toHaveLength(4);
    expect(after.filter((type) => type === "node.created")).toEqual([]);
  });

  test("brings back what an editor has deleted", async () => {
    const ctx = await anEditor();
    const file = await aCatalogue(["cup", "Cup", "C-1", "12"], ["jug", "Jug", "J-1", "20"]);
    await importShopify(ctx, file);
    const { owner } = await installation();
    const { rows } = await owner.query<{ id: string }>(
      "select id from products where tenant_id = $1 and handle = 'jug'",
      [ctx.tenant.id],
    );
    await products.remove(ctx, { id: rows[0]?.id ?? "" });
    expect(await importShopify(ctx, file)).toMatchObject({ created: 1, unchanged: 1, failed: [] });
    expect(await handlesOf(ctx)).toEqual(["cup", "jug"]);
  });

  test("at the same time as the first makes nothing twice", async () => {
    const ctx = await anEditor();
    const [one, other] = await Promise.all([importShopify(ctx, shop), importShopify(ctx, shop)]);
    expect(one.created + other.created).toBe(8);
    expect(one.unchanged + other.unchanged).toBe(8);
    expect([...one.failed, ...other.failed]).toEqual([]);
    expect(await handlesOf(ctx)).toEqual(["gift-card", "linen-apron"]);
  });
});

describe("what is there before", () => {
  test("a category of the shop's own takes in the products, and keeps its name", async () => {
    const ctx = await anEditor();
    const home = createCategory.parse({
      scope: "product",
      handle: "home",
      translations: [{ locale: "en", name: "Hearth" }],
    });
    await categories.create(ctx, home);
    const first = await importShopify(ctx, shop);
    expect(first).toEqual({ created: 7, updated: 0, unchanged: 1, failed: [] });
    expect(await importShopify(ctx, shop)).toEqual({
      created: 0,
      updated: 0,
      unchanged: 8,
      failed: [],
    });
    const { categories: shelves } = await shelfOf(ctx.tenant);
    expect(shelves.map(({ handle, parent, names }) => [handle, parent, names])).toEqual([
      ["home", null, ["en: Hearth"]],
      ["home-kitchen", "home", ["en: Kitchen"]],
      ["home-kitchen-textiles", "home-kitchen", ["en: Textiles"]],
    ]);
  });

  test("a product of the shop's own is not overwritten by one of its handle", async () => {
    const ctx = await anEditor();
    const own = createProduct(ctx.tenant).parse({
      handle: "cup",
      translations: [{ locale: "en", title: "Ours" }],
    });
    await products.create(ctx, own);
    const file = await aCatalogue(["bowl", "Bowl", "B-1", "5"], ["cup", "Cup", "C-1", "12"]);
    expect(await importShopify(ctx, file)).toEqual({
      created: 1,
      updated: 0,
      unchanged: 0,
      failed: [{ line: 3, reason: "The handle is already in use." }],
    });
    expect(await shelfOf(ctx.tenant)).toMatchObject({
      products: [
        { handle: "bowl", texts: ["en: Bowl | "] },
        { handle: "cup", status: "draft", revision: "1", texts: ["en: Ours | "] },
      ],
    });
  });
});

describe("records that cannot go in", () => {
  test("are named with their lines, leave nothing behind, and keep out nobody else", async () => {
    const ctx = await anEditor();
    const long = "x".repeat(256);
    const report = await importShopify(
      ctx,
      await aCatalogue(
        ["cup", "Cup", "C-1", "12"],
        ["jug", "Jug", "C-1", "20"],
        ["mug", long, long, "9"],
        ["pot", "Pot", "P-1", "cheap"],
        ["vat", "Vat", "V-1", "99"],
      ),
    );
    expect(report).toMatchObject({ created: 2, updated: 0, unchanged: 0 });
    expect(report.failed).toEqual([
      { line: 3, reason: "The sku is already in use." },
      {
        line: 4,
        reason: expect.stringMatching(/^translations\.0\.title: .*; variants\.0\.sku: /),
      },
      {
        line: 5,
        reason: 'The product "pot" is left out: Variant Price "cheap" is not an amount in EUR',
      },
    ]);
    expect(await handlesOf(ctx)).toEqual(["cup", "vat"]);
    expect(await eventCounts(ctx.tenant)).toEqual({ "product.created": 2, "product.published": 2 });
  });

  test("take along what belongs to them, and that is said", async () => {
    const ctx = await anEditor();
    const text = await readFile(blog, "utf8");
    const report = await importWordpress(
      ctx,
      await aFile(text.replace("Secret", `Secret ${"x".repeat(600_000)}`)),
    );
    expect(report.failed).toEqual([
      { line: 51, reason: expect.stringMatching(/^translations\.0\.body\.source: /) },
      { line: 51, reason: 'node: "item:30" could not be imported' },
      expect.objectContaining({ line: 51, reason: "wp:comment_id 2 is taken by another comment" }),
      expect.objectContaining({ line: 54 }),
      expect.objectContaining({ line: 55 }),
    ]);
    expect(report.created).toBe(19);
  });
});

describe("a file that cannot be read", () => {
  test.each([
    ["a catalogue without prices", importShopify, "Handle,Title\ncup,Cup\n", "MISSING_COLUMNS"],
    [
      "a catalogue cut off",
      importShopify,
      'Handle,Title,Variant Price\ncup,Cup,5\njug,"Ju',
      "MALFORMED_CSV",
    ],
    ["a blog cut off", importWordpress, undefined, "MALFORMED_XML"],
  ] as const)("%s leaves nothing behind", async (_, into, content, reason) => {
    const ctx = await anEditor();
    const file = await aFile(content ?? (await readFile(blog)).subarray(0, 6_000));
    await expect(into(ctx, file)).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      details: { reason },
    });
    expect(await shelfOf(ctx.tenant)).toEqual(await shelfOf((await anEditor()).tenant));
    expect(await eventsOf(ctx)).toEqual([]);
  });

  test("that is not there is one clear error", async () => {
    await expect(
      importShopify(await anEditor(), join(folder, "nowhere.csv")),
    ).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      details: { reason: "NO_SUCH_FILE" },
    });
  });
});

test("two tenants that import one file each have it for themselves", async () => {
  const { db } = await installation();
  const [one, other] = [await anEditor(), await anEditor()];
  await importShopify(one, shop);
  expect(await importShopify(other, shop)).toMatchObject({ created: 8, unchanged: 0 });
  expect(await shelfOf(other.tenant)).toEqual(await shelfOf(one.tenant));
  const { rows } = await db.pool.query("select from import_references");
  expect(rows).toEqual([]);
});
