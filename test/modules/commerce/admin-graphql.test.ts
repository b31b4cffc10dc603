import pg from "pg";
import { describe, expect, test, vi } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { categories, tags } from "#modules/taxonomy";
import { products } from "#modules/commerce";
import { eventsOf, installation } from "#test/installation";
import { server } from "#test/server";
import { find } from "../../../src/modules/commerce/product.queries.ts";
import {
  aShirt,
  aVariant,
  aWarehouse,
  created,
  pair,
  rowsOf,
  type GivenProduct,
} from "./a-shirt.ts";

const { anEditor } = await installation();
const client = await server();

async function send<Data>(ctx: RequestContext, query: string, variables = {}) {
  const token = await client.tokenFor(ctx);
  return client.graphql<Data>(ctx.tenant, query, variables, token);
}

/** Somebody of the editor's tenant who has these permissions only. */
function limited(ctx: RequestContext, ...permissions: string[]): RequestContext {
  return {
    ...ctx,
    actor: {
      kind: "user",
      userId: newId(),
      sessionId: newId(),
      permissions: new Set(permissions),
    },
  };
}

describe("mutations", () => {
  test("take a product from its creation to its end", async () => {
    const editor = await anEditor();
    const locationId = await aWarehouse(editor);
    const { data: first } = await send<{ product: { id: string; variants: { id: string }[] } }>(
      editor,
      `mutation ($input: CreateProductInput!) {
        product: createProduct(input: $input) { id variants { id } }
      }`,
      { input: aShirt() },
    );
    const { id, variants } = first.product;
    const [small] = pair(variants);

    const { data } = await send(
      editor,
      `mutation ($id: Id!, $small: Id!, $at: Id!) {
        prices: setPrices(input: { variantId: $small, revision: 1, prices: [
          { currency: "EUR", amount: 9007199254740991 }
        ] }) { revision prices { currency amount compareAtAmount } }
        stock: setInventory(input: { variantId: $small, locationId: $at, quantity: 5 }) {
          revision inventory { locationId quantity }
        }
        sold: adjustInventory(input: { variantId: $small, locationId: $at, delta: -2 }) {
          inventory { quantity }
        }
        large: createVariant(input: { productId: $id, sku: "shirt-l", options: [
          { name: "Size", value: "L" }, { name: "Colour", value: "White" }
        ] }) { productId sku options { name value } }
        renamed: updateVariant(input: { id: $small, sku: "small" }) { sku weightGrams }
        deleted: deleteVariant(input: { id: $small, revision: 6 })
        updated: updateProduct(input: { id: $id, revision: 7, vendor: null }) {
          vendor handle revision variants { sku }
        }
        published: publishProduct(input: { id: $id }) { status revision }
        unpublished: unpublishProduct(input: { id: $id, revision: 9 }) { status }
        gone: deleteProduct(input: { id: $id })
      }`,
      { id, small: small.id, at: locationId },
    );
    expect(data).toEqual({
      prices: {
        revision: 2,
        prices: [{ currency: "EUR", amount: 9_007_199_254_740_991, compareAtAmount: null }],
      },
      stock: { revision: 3, inventory: [{ locationId, quantity: 5 }] },
      sold: { inventory: [{ quantity: 3 }] },
      large: {
        productId: id,
        sku: "shirt-l",
        options: [
          { name: "Size", value: "L" },
          { name: "Colour", value: "White" },
        ],
      },
      renamed: { sku: "small", weightGrams: 250 },
      deleted: true,
      updated: {
        vendor: null,
        handle: "shirt",
        revision: 8,
        variants: [{ sku: "shirt-m" }, { sku: "shirt-l" }],
      },
      published: { status: "published", revision: 9 },
      unpublished: { status: "draft" },
      gone: true,
    });
    expect((await eventsOf(editor)).map(({ type }) => type)).toEqual([
      "product.created",
      "price.updated",
      "inventory.updated",
      "inventory.updated",
      "variant.created",
      "variant.updated",
      "variant.deleted",
      "product.updated",
      "product.published",
      "product.unpublished",
      "product.deleted",
    ]);
  });

  test("look after stock locations", async () => {
    const editor = await anEditor();
    const { data } = await send<{ created: { id: string } }>(
      editor,
      `mutation { created: createStockLocation(input: { handle: "shop", name: " Shop " }) { id name } }`,
    );
    expect(data.created).toEqual({ id: expect.any(String), name: "Shop" });
    const { data: more } = await send(
      editor,
      `mutation ($id: Id!) {
        updated: updateStockLocation(input: { id: $id, name: "Old shop" }) { handle name }
        gone: deleteStockLocation(input: { id: $id })
      }`,
      { id: data.created.id },
    );
    expect(more).toEqual({ updated: { handle: "shop", name: "Old shop" }, gone: true });
  });

  test("that are faulty say every fault with its place, and write nothing", async () => {
    const editor = await anEditor();
    const { errors } = await send(
      editor,
      `mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }`,
      {
        input: aShirt({
          handle: "Shirt!",
          variants: [{ prices: [{ currency: "XYZ", amount: 1, compareAtAmount: 1 }] }],
        }),
      },
    );
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      issues: [
        { path: ["handle"] },
        { path: ["variants", 0, "prices", 0, "currency"] },
        { path: ["variants", 0, "prices", 0, "compareAtAmount"] },
        { path: ["variants", 0, "options"] },
        { path: ["variants", 0, "options"] },
      ],
    });
    expect(await rowsOf(editor)).toEqual({});
  });

  test("take no amount that is not a whole number of minor units", async () => {
    const editor = await anEditor();
    const { variants } = await created(editor);
    const before = await rowsOf(editor);
    for (const amount of [19.99, 2 ** 53, "1999", null]) {
      const { errors } = await send(
        editor,
        `mutation ($input: SetPricesInput!) { setPrices(input: $input) { id } }`,
        { input: { variantId: pair(variants)[0].id, prices: [{ currency: "EUR", amount }] } },
      );
      expect(errors?.[0]?.extensions, String(amount)).toMatchObject({ code: "BAD_USER_INPUT" });
    }
    expect(await rowsOf(editor)).toEqual(before);
  });

  test("need their permission, and without it change nothing", async () => {
    const editor = await anEditor();
    const { id, variants } = await created(editor);
    const before = await rowsOf(editor);
    const variant = pair(variants)[0].id;
    const writes = [
      `createProduct(input: { handle: "x", translations: [{ locale: "en", title: "X" }] }) { id }`,
      `updateProduct(input: { id: "${id}", vendor: "X" }) { id }`,
      `deleteProduct(input: { id: "${id}" })`,
      `createVariant(input: { productId: "${id}" }) { id }`,
      `updateVariant(input: { id: "${variant}", sku: "x" }) { id }`,
      `deleteVariant(input: { id: "${variant}" })`,
      `setPrices(input: { variantId: "${variant}", prices: [] }) { id }`,
      `setInventory(input: { variantId: "${variant}", locationId: "${id}", quantity: 1 }) { id }`,
      `adjustInventory(input: { variantId: "${variant}", locationId: "${id}", delta: 1 }) { id }`,
      `createStockLocation(input: { handle: "x", name: "X" }) { id }`,
      `updateStockLocation(input: { id: "${id}", name: "X" }) { id }`,
      `deleteStockLocation(input: { id: "${id}" })`,
    ];
    const publications = [
      `publishProduct(input: { id: "${id}" }) { id }`,
      `unpublishProduct(input: { id: "${id}" }) { id }`,
    ];
    const everybodyElse = [
      [limited(editor, "commerce:read", "commerce:publish"), writes, "commerce:write"],
      [limited(editor, "commerce:read", "commerce:write"), publications, "commerce:publish"],
    ] as const;
    for (const [person, mutations, permission] of everybodyElse) {
      for (const mutation of mutations) {
        const { errors } = await send(person, `mutation { ${mutation} }`);
        expect(errors?.[0]?.extensions, mutation).toMatchObject({ code: "FORBIDDEN", permission });
      }
    }
    expect(await rowsOf(editor)).toEqual(before);
  });

  test("do not let a product in published by the back door", async () => {
    const editor = await anEditor();
    const writer = limited(editor, "commerce:write");
    const mutation = `mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }`;
    const { errors } = await send(writer, mutation, { input: aShirt({ status: "published" }) });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "FORBIDDEN",
      permission: "commerce:publish",
    });
    expect(await rowsOf(editor)).toEqual({});
    expect((await send(writer, mutation, { input: aShirt() })).errors).toBeUndefined();
  });
});

describe("an editor's list of products", () => {
  interface Page {
    adminProducts: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      edges: { node: { handle: string } }[];
    };
  }
  const list = `query ($filter: AdminProductFilter, $sort: AdminProductSort, $first: Int, $after: String) {
    adminProducts(filter: $filter, sort: $sort, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { handle } }
    }
  }`;
  const handlesIn = ({ adminProducts }: Page) => adminProducts.edges.map(({ node }) => node.handle);

  async function handles(ctx: RequestContext, variables: object) {
    const { data, errors } = await send<Page>(ctx, list, variables);
    expect(errors).toBeUndefined();
    return handlesIn(data);
  }

  const plain = (handle: string, title: string, more: Partial<GivenProduct> = {}) => ({
    handle,
    options: [],
    variants: [],
    translations: [{ locale: "en", title }],
    ...more,
  });

  /** Made in this order; then the first is touched. */
  async function aShopOfThree() {
    const editor = await anEditor();
    const tag = await tags.create(editor, { scope: "product", handle: "linen", name: "Linen" });
    const category = await categories.create(editor, {
      scope: "product",
      handle: "shirts",
      position: 0,
      translations: [{ locale: "en", name: "Shirts" }],
    });
    const labels = { tagIds: [tag.id], categoryIds: [category.id] };
    const cap = await created(editor, plain("cap", "äpple cap", { vendor: "Hatter" }));
    await created(editor, plain("apron", "Zebra apron", { ...labels, status: "published" }));
    const options = [{ name: "Size" }];
    const variants = [{ sku: "b-1", options: [{ name: "Size", value: "S" }] }];
    await created(editor, plain("belt", "Belt 100%", { options, variants, productType: "Belts" }));
    await products.publish(editor, { id: cap.id });
    return { editor, labels };
  }

  test("is sorted as asked, the newest first unless asked", async () => {
    const { editor } = await aShopOfThree();
    expect(await handles(editor, {})).toEqual(["belt", "apron", "cap"]);
    expect(await handles(editor, { sort: "NEWEST" })).toEqual(["belt", "apron", "cap"]);
    expect(await handles(editor, { sort: "HANDLE" })).toEqual(["apron", "belt", "cap"]);
    expect(await handles(editor, { sort: "UPDATED" })).toEqual(["cap", "belt", "apron"]);
    expect(await handles(editor, { sort: "TITLE" })).toEqual(["cap", "belt", "apron"]);
  });

  test("is filtered by every field, all that are given together", async () => {
    const { editor, labels } = await aShopOfThree();
    const [tagId] = labels.tagIds;
    const [categoryId] = labels.categoryIds;
    const cases: [object, string[]][] = [
      [{ status: "published" }, ["apron", "cap"]],
      [{ handle: { in: ["cap", "belt", "none"] } }, ["belt", "cap"]],
      [{ vendor: { eq: "Hatter" } }, ["cap"]],
      [{ productType: { contains: "BEL" } }, ["belt"]],
      [{ title: { contains: "apr" } }, ["apron"]],
      [{ title: { contains: "100%" } }, ["belt"]],
      [{ title: { contains: "%" } }, ["belt"]],
      [{ title: { contains: "_" } }, []],
      [{ sku: { eq: "b-1" } }, ["belt"]],
      [{ tagId: { eq: tagId } }, ["apron"]],
      [{ categoryId: { in: [categoryId, newId()] } }, ["apron"]],
      [{ updatedAt: { gte: "2000-01-01T00:00:00Z" } }, ["apron", "belt", "cap"]],
      [{ updatedAt: { lte: "2000-01-01T00:00:00Z" } }, []],
      [{ status: "published", vendor: { eq: "Hatter" }, sku: null }, ["cap"]],
      [{ status: "draft", tagId: { eq: tagId } }, []],
      [{ handle: {} }, ["apron", "belt", "cap"]],
    ];
    for (const [filter, expected] of cases) {
      expect(await handles(editor, { filter, sort: "HANDLE" }), JSON.stringify(filter)).toEqual(
        expected,
      );
    }
  });

  test.each(["NEWEST", "HANDLE", "TITLE", "UPDATED"])("is paged through by %s", async (sort) => {
    const { editor } = await aShopOfThree();
    const all = await handles(editor, { sort });
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Page } = await send(editor, list, { sort, first: 1, after });
      expect(data.adminProducts.totalCount).toBe(3);
      paged.push(...handlesIn(data));
      after = data.adminProducts.pageInfo.hasNextPage
        ? data.adminProducts.pageInfo.endCursor
        : null;
    } while (after);
    expect(paged).toEqual(all);
  });

  test("takes no page of none or of more than a hundred, and no cursor of another list", async () => {
    const editor = await anEditor();
    for (const variables of [{ first: 0 }, { first: 101 }, { after: "nonsense" }]) {
      const { errors } = await send(editor, list, variables);
      expect(errors?.[0]?.extensions, JSON.stringify(variables)).toMatchObject({
        code: "BAD_USER_INPUT",
      });
    }
  });

  test("takes as many statements for many products as for one, and shows all of each", async () => {
    const counts: number[] = [];
    for (const count of [1, 12]) {
      const editor = await anEditor();
      const made = [];
      for (let index = 0; index < count; index++) {
        const variants = [aVariant("S", { sku: `s${index}` }), aVariant("M", { sku: `m${index}` })];
        made.unshift(await created(editor, { handle: `shirt-${index}`, variants }));
      }
      const query = vi.spyOn(pg.Client.prototype, "query");
      const { edges } = await find(editor, { first: 50 });
      counts.push(query.mock.calls.length);
      query.mockRestore();
      expect(edges.map(({ node }) => node)).toEqual(made);
    }
    expect(counts[1]).toBe(counts[0]);
  });

  test("and a single product need the permission to read", async () => {
    const editor = await anEditor();
    const { id } = await created(editor);
    const query = `query ($id: Id!) { adminProduct(id: $id) { handle variants { sku } } }`;
    const { data } = await send(limited(editor, "commerce:read"), query, { id });
    expect(data).toEqual({
      adminProduct: { handle: "shirt", variants: [{ sku: "shirt-s" }, { sku: "shirt-m" }] },
    });
    expect((await send(editor, query, { id: newId() })).data).toEqual({ adminProduct: null });

    const writer = limited(editor, "commerce:write");
    for (const field of [
      `adminProduct(id: "${id}") { id }`,
      `adminProducts { totalCount }`,
      `adminStockLocations { totalCount }`,
    ]) {
      const { errors } = await send(writer, `{ ${field} }`);
      expect(errors?.[0]?.extensions, field).toMatchObject({ code: "FORBIDDEN" });
    }
  });

  test("has a neighbour for stock locations", async () => {
    const editor = await anEditor();
    await aWarehouse(editor, "b");
    await aWarehouse(editor, "a");
    const query = `query ($after: String) { adminStockLocations(first: 1, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { handle name } }
    } }`;
    const { data } = await send<{ adminStockLocations: Page["adminProducts"] }>(editor, query);
    expect(data.adminStockLocations).toMatchObject({
      totalCount: 2,
      edges: [{ node: { handle: "a", name: "The warehouse" } }],
    });
    const { endCursor: after } = data.adminStockLocations.pageInfo;
    expect((await send(editor, query, { after })).data).toMatchObject({
      adminStockLocations: { pageInfo: { hasNextPage: false }, edges: [{ node: { handle: "b" } }] },
    });
  });
});
