import { beforeAll, expect, test } from "vitest";
import { settled, startBackground } from "#test/background";
import { server } from "#test/server";
import { aShop, type Shop } from "#test/shop";

await startBackground();
const client = await server();

let shop: Shop;
let ids: { lantern: string; mug: string; lamps: string; light: string };

const mugOf = (handle: string, title: string) => ({
  handle,
  status: "published",
  translations: [{ locale: "en", title }],
  variants: [{ sku: `${handle}-1`, prices: [{ currency: "EUR", amount: 900 }] }],
});

beforeAll(async () => {
  shop = await aShop();
  const outdoor = await shop.create("Category", {
    scope: "product",
    handle: "outdoor",
    translations: [
      { locale: "en", name: "Outdoor" },
      { locale: "de", name: "Draußen" },
    ],
  });
  const lamps = await shop.create("Category", {
    scope: "product",
    handle: "lamps",
    parentId: outdoor,
    translations: [{ locale: "en", name: "Lamps" }],
  });
  const light = await shop.create("Tag", { scope: "product", handle: "light", name: "Light" });
  const berlin = await shop.create("StockLocation", { handle: "berlin", name: "Berlin" });
  const lantern = await shop.create("Product", {
    handle: "storm-lantern",
    status: "published",
    publishedAt: "2026-01-02T03:04:05.000Z",
    vendor: "Fernweh",
    productType: "Lamp",
    translations: [
      {
        locale: "en",
        title: "Storm lantern",
        description: "<p>Burns <b>long</b>.</p><script>x</script>",
      },
      { locale: "de", title: "Sturmlaterne" },
    ],
    options: [{ name: "Colour" }],
    variants: [
      {
        sku: "SL-RED",
        options: [{ name: "Colour", value: "Red" }],
        prices: [
          { currency: "EUR", amount: 4_900, compareAtAmount: 5_900 },
          { currency: "USD", amount: 5_400 },
        ],
        inventory: [{ locationId: berlin, quantity: 3 }],
      },
      {
        sku: "SL-BLUE",
        options: [{ name: "Colour", value: "Blue" }],
        prices: [{ currency: "EUR", amount: 5_100 }],
        inventory: [{ locationId: berlin, quantity: 0 }],
      },
    ],
    images: [{ url: "https://images.example/lantern.jpg", alt: "A lantern" }],
    categoryIds: [lamps],
    tagIds: [light],
  });
  const mug = await shop.create("Product", mugOf("mug", "Mug"));
  await shop.create("Product", { ...mugOf("secret", "Secret"), status: "draft" });
  ids = { lantern, mug, lamps, light };
  await settled();
});

const detail = `query ($handle: String!, $locale: String, $currency: String) {
  product(handle: $handle, locale: $locale, currency: $currency) {
    id handle title locale description vendor productType publishedAt sourceRevision indexedAt
    options { name values }
    variants { sku title inStock quantity price { amount currency compareAtAmount } options { name value } }
    priceRange { min max currency }
    images { url alt }
    categories { handle name breadcrumb { name } }
    tags { handle name }
  }
}`;

test("a product's page is answered whole", async () => {
  const { product } = await shop.visit<{ product: unknown }>(detail, { handle: "storm-lantern" });
  expect(product).toEqual({
    id: ids.lantern,
    handle: "storm-lantern",
    title: "Storm lantern",
    locale: "en",
    description: "<p>Burns <b>long</b>.</p>",
    vendor: "Fernweh",
    productType: "Lamp",
    publishedAt: "2026-01-02T03:04:05.000Z",
    sourceRevision: 1,
    indexedAt: expect.stringMatching(/^20\d\d-.*Z$/),
    options: [{ name: "Colour", values: ["Red", "Blue"] }],
    variants: [
      {
        sku: "SL-RED",
        title: null,
        inStock: true,
        quantity: 3,
        price: { amount: 4_900, currency: "EUR", compareAtAmount: 5_900 },
        options: [{ name: "Colour", value: "Red" }],
      },
      {
        sku: "SL-BLUE",
        title: null,
        inStock: false,
        quantity: 0,
        price: { amount: 5_100, currency: "EUR", compareAtAmount: null },
        options: [{ name: "Colour", value: "Blue" }],
      },
    ],
    priceRange: { min: 4_900, max: 5_100, currency: "EUR" },
    images: [{ url: "https://images.example/lantern.jpg", alt: "A lantern" }],
    categories: [
      { handle: "lamps", name: "Lamps", breadcrumb: [{ name: "Outdoor" }, { name: "Lamps" }] },
    ],
    tags: [{ handle: "light", name: "Light" }],
  });
});

test("another locale and currency, with what is not translated in the default locale", async () => {
  const { product } = await shop.visit<{ product: Record<string, unknown> }>(detail, {
    handle: "storm-lantern",
    locale: "de-AT",
    currency: "USD",
  });
  expect(product).toMatchObject({
    title: "Sturmlaterne",
    locale: "de",
    priceRange: { min: 5_400, max: 5_400, currency: "USD" },
    variants: [{ price: { amount: 5_400 } }, { price: null }],
    categories: [{ breadcrumb: [{ name: "Draußen" }, { name: "Lamps" }] }],
  });
  const { product: mug } = await shop.visit<{ product: unknown }>(detail, {
    handle: "mug",
    locale: "de",
  });
  expect(mug).toMatchObject({ title: "Mug", locale: "en" });
});

test("drafts and what does not exist are null; a currency nobody sells in is a fault", async () => {
  for (const handle of ["secret", "nothing"]) {
    expect(await shop.visit(detail, { handle })).toEqual({ product: null });
  }
  const { errors } = await client.graphql(shop.editor.tenant, detail, {
    handle: "mug",
    currency: "JPY",
  });
  expect(errors?.[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    issues: [{ path: ["currency"], message: "must be one of EUR, USD" }],
  });
});

test("what is unpublished or deleted is gone, and publishing brings it back", async () => {
  const id = await shop.create("Product", mugOf("cup", "Cup"));
  const seen = async () =>
    (await shop.visit<{ product: { title: string } | null }>(detail, { handle: "cup" })).product
      ?.title;
  await settled();
  expect(await seen()).toBe("Cup");
  await shop.edit(`mutation ($id: Id!) { unpublishProduct(input: { id: $id }) { id } }`, { id });
  await settled();
  expect(await seen()).toBeUndefined();
  await shop.edit(`mutation ($id: Id!) { publishProduct(input: { id: $id }) { id } }`, { id });
  await settled();
  expect(await seen()).toBe("Cup");
  await shop.edit(`mutation ($id: Id!) { deleteProduct(input: { id: $id }) }`, { id });
  await settled();
  expect(await seen()).toBeUndefined();
});

const listing = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int!, $after: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount edges { node { handle } } pageInfo { hasNextPage endCursor }
  }
}`;
interface Listing {
  products: {
    totalCount: number;
    edges: { node: { handle: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

test("pages follow each other without gap or repeat", async () => {
  const full = await aShop();
  for (const n of [3, 1, 2, 5, 4]) await full.create("Product", mugOf(`mug-${n}`, `Mug ${n}`));
  await settled();
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const { products } = await full.visit<Listing>(listing, { sort: "TITLE", first: 2, after });
    expect(products.totalCount).toBe(5);
    seen.push(...products.edges.map(({ node }) => node.handle));
    after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : undefined;
  } while (after);
  expect(seen).toEqual(["mug-1", "mug-2", "mug-3", "mug-4", "mug-5"]);
});

test.each([
  [{ category: { eq: "outdoor" } }, ["storm-lantern"]],
  [{ category: { in: ["lamps", "nowhere"] }, tag: { eq: "light" } }, ["storm-lantern"]],
  [{ tag: { eq: "heavy" } }, []],
  [{ inStock: true }, ["storm-lantern"]],
  [{ vendor: { eq: "Fernweh" }, title: { contains: "LANT" } }, ["storm-lantern"]],
  [{ handle: { in: ["mug", "secret"] } }, ["mug"]],
  [{ publishedAt: { lte: "2026-02-01T00:00:00Z" } }, ["storm-lantern"]],
])("products with %j", async (filter, expected) => {
  const { products } = await shop.visit<Listing>(listing, { filter, first: 10 });
  expect(products.edges.map(({ node }) => node.handle)).toEqual(expected);
});

test("a broken cursor and a page too large are faults", async () => {
  for (const variables of [{ first: 2, after: "rubbish" }, { first: 0 }, { first: 1_000 }]) {
    const { errors } = await client.graphql(shop.editor.tenant, listing, variables);
    expect(errors?.[0]?.extensions["code"]).toBe("BAD_USER_INPUT");
  }
});

test("the tree of categories, in a locale", async () => {
  const { categories } = await shop.visit<{ categories: unknown }>(
    `{ categories(scope: product, locale: "de") { handle name children { handle name children { handle } } } }`,
  );
  expect(categories).toEqual([
    {
      handle: "outdoor",
      name: "Draußen",
      children: [{ handle: "lamps", name: "Lamps", children: [] }],
    },
  ]);
});

test("a renamed category shows in the pages of its products", async () => {
  const { categories } = await shop.visit<{ categories: { id: string }[] }>(
    `{ categories(scope: product) { id } }`,
  );
  await shop.edit(
    `mutation ($input: UpdateCategoryInput!) { updateCategory(input: $input) { id } }`,
    {
      input: {
        id: categories[0]?.id,
        translations: [
          { locale: "en", name: "Out there" },
          { locale: "de", name: "Draußen" },
        ],
      },
    },
  );
  await settled();
  const { product } = await shop.visit<{ product: unknown }>(detail, { handle: "storm-lantern" });
  expect(product).toMatchObject({
    sourceRevision: 1,
    indexedAt: expect.stringMatching(/^20\d\d-.*Z$/),
    categories: [{ breadcrumb: [{ name: "Out there" }, { name: "Lamps" }] }],
  });
});

test("a post is found by its slug in each locale, and its comments are not among the nodes", async () => {
  const author = await shop.create("Author", { handle: "ada", name: "Ada" });
  const post = await shop.create("Node", {
    kind: "post",
    status: "published",
    authorId: author,
    translations: [
      {
        locale: "en",
        slug: "hello",
        title: "Hello",
        body: { format: "markdown", source: "Some **bold** words" },
      },
      {
        locale: "de",
        slug: "hallo",
        title: "Hallo",
        body: { format: "html", source: "<p>Worte</p>" },
      },
    ],
  });
  await shop.create("Node", {
    kind: "comment",
    status: "published",
    parentId: post,
    translations: [
      { locale: "en", slug: "c1", title: "", body: { format: "html", source: "<p>Nice</p>" } },
    ],
  });
  await settled();
  const query = `query ($slug: String!, $locale: String) { node(kind: "post", slug: $slug, locale: $locale) {
    title html sourceRevision author { name } alternates { locale slug } } }`;
  const { node } = await shop.visit<{ node: unknown }>(query, { slug: "hallo", locale: "de" });
  expect(node).toEqual({
    title: "Hallo",
    html: "<p>Worte</p>",
    sourceRevision: 1,
    author: { name: "Ada" },
    alternates: [
      { locale: "de", slug: "hallo" },
      { locale: "en", slug: "hello" },
    ],
  });
  expect(await shop.visit(query, { slug: "hallo", locale: "en" })).toEqual({ node: null });
  const found = await shop.visit(
    `query ($id: Id!) {
       nodes(kind: "comment", filter: { parentId: { eq: $id } }) { totalCount }
       node(kind: "comment", slug: "c1") { id }
       searchContent(query: "nice") { totalCount }
       comments(postId: $id) { edges { node { html } } } }`,
    { id: post },
  );
  expect(found).toEqual({
    nodes: { totalCount: 0 },
    node: null,
    searchContent: { totalCount: 0 },
    comments: { edges: [{ node: { html: "<p>Nice</p>" } }] },
  });
});

test("two shops with the same handles see their own", async () => {
  const other = await aShop();
  await other.create("Product", mugOf("storm-lantern", "Another lantern"));
  await settled();
  expect(await other.visit(detail, { handle: "storm-lantern" })).toMatchObject({
    product: { title: "Another lantern" },
  });
  expect(await shop.visit(detail, { handle: "storm-lantern" })).toMatchObject({
    product: { title: "Storm lantern" },
  });
  expect(await other.visit(detail, { handle: "mug" })).toEqual({ product: null });
  const { products } = await other.visit<Listing>(listing, { first: 10 });
  expect(products.totalCount).toBe(1);
});
