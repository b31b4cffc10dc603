import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { type Shop, aShop } from "#test/shop";
import { limited, refusal } from "../search/an-editor.ts";

const { owner } = await installation();
const client = await server();

const ordinary = ["commerce:read", "commerce:write"];
const cost = { currency: "EUR", amount: 400 };
const product = {
  handle: "lamp",
  translations: [{ locale: "en", title: "Lamp" }],
  variants: [{ sku: "lamp-1", cost }],
};
const seen =
  "query ($id: Id!) { adminProduct(id: $id) { variants { sku cost { currency amount } } } }";
const rowsOf = async ({ editor }: Shop) =>
  (await owner.query("select * from product_variants where tenant_id = $1", [editor.tenant.id]))
    .rows;

test("who may know the costs reads and sets them", async () => {
  const shop = await aShop();
  const id = await shop.create("Product", product);
  const { adminProduct } = await shop.edit<{ adminProduct: { variants: unknown[] } }>(seen, { id });
  expect(adminProduct.variants).toEqual([{ sku: "lamp-1", cost }]);
  await shop.edit(
    "mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }",
    {
      input: { id, variants: [{ sku: "lamp-1", cost: null }] },
    },
  );
  expect(await shop.edit(seen, { id })).toEqual({
    adminProduct: { variants: [{ sku: "lamp-1", cost: null }] },
  });
});

test("others are answered all but the cost, with FORBIDDEN in its place", async () => {
  const shop = await aShop();
  const id = await shop.create("Product", product);
  const token = await client.tokenFor(limited(shop.editor, ...ordinary));
  expect(await client.graphql(shop.editor.tenant, seen, { id }, token)).toMatchObject({
    data: { adminProduct: { variants: [{ sku: "lamp-1", cost: null }] } },
    errors: [
      {
        path: ["adminProduct", "variants", 0, "cost"],
        extensions: { code: "FORBIDDEN", permission: "inventory:cost" },
      },
    ],
  });
});

test("nor do they set it, wherever it is in an input, and a refused call changes nothing", async () => {
  const shop = await aShop();
  const id = await shop.create("Product", product);
  const [{ id: variant } = { id: "" }] = (await rowsOf(shop)) as { id: string }[];
  const clerk = limited(shop.editor, ...ordinary);
  const before = await rowsOf(shop);
  const attempts: [string, Record<string, unknown>][] = [
    ["createProduct", { ...product, handle: "other" }],
    ["updateProduct", { id, vendor: "Changed", variants: [{ id: variant, cost: null }] }],
    ["createVariant", { productId: id, cost }],
    ["updateVariant", { id: variant, sku: "changed", cost: { ...cost, amount: 1 } }],
  ];
  for (const [name, input] of attempts) {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const mutation = `mutation ($input: ${type}) { ${name}(input: $input) { id } }`;
    expect(await refusal(clerk, mutation, { input }), name).toEqual({
      code: "FORBIDDEN",
      issues: [],
    });
  }
  expect(await rowsOf(shop)).toEqual(before);
  // What is left out stays: a clerk's change does not take the cost away.
  const mutation = "mutation ($input: UpdateVariantInput!) { updateVariant(input: $input) { id } }";
  const token = await client.tokenFor(clerk);
  await client.graphql(
    shop.editor.tenant,
    mutation,
    { input: { id: variant, sku: "changed" } },
    token,
  );
  expect(await rowsOf(shop)).toMatchObject([
    { sku: "changed", cost_amount: "400", cost_currency: "EUR" },
  ]);
});

test("costs are judged like prices", async () => {
  const shop = await aShop();
  const variants = [{ cost: { currency: "XXL", amount: -1 } }];
  const mutation = "mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }";
  expect(await refusal(shop.editor, mutation, { input: { ...product, variants } })).toEqual({
    code: "BAD_USER_INPUT",
    issues: ["variants.0.cost.currency", "variants.0.cost.amount"],
  });
});
