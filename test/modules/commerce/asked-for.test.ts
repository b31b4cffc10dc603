import { expect, test } from "vitest";
import { categories, tags } from "#modules/taxonomy";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { aVariant, aWarehouse, created } from "./a-shirt.ts";

const { anEditor } = await installation();
const client = await server();

/** Each part of a product by itself: only what is asked for is loaded. */
const asked = {
  handle: "handle",
  translations: "translations { locale title description seoTitle }",
  options: "options { id name }",
  images: "images { id url alt }",
  categoryIds: "categoryIds",
  tagIds: "tagIds",
  variants: "variants { id sku }",
  variantTranslations: "variants { translations { locale title } }",
  variantOptions: "variants { options { name value } }",
  prices: "variants { prices { currency amount compareAtAmount } }",
  inventory: "variants { inventory { locationId quantity } }",
};
const all = Object.values(asked).join(" ");

type Product = Record<string, unknown>;

test("a product shows each of its parts to whoever asks for it alone, in answers and in lists", async () => {
  const editor = await anEditor();
  const token = await client.tokenFor(editor);
  async function send(query: string, variables = {}): Promise<Product> {
    const { data, errors } = await client.graphql<{ found: Product }>(
      editor.tenant,
      query,
      variables,
      token,
    );
    expect(errors).toBeUndefined();
    return data.found;
  }
  const locationId = await aWarehouse(editor);
  const ofProducts = { scope: "product" } as const;
  const category = await categories.create(editor, {
    ...ofProducts,
    handle: "shirts",
    position: 0,
    translations: [{ locale: "en", name: "Shirts" }],
  });
  const tag = await tags.create(editor, { ...ofProducts, handle: "linen", name: "Linen" });
  const inventory = [{ locationId, quantity: 3 }];
  const { id } = await created(editor, {
    categoryIds: [category.id],
    tagIds: [tag.id],
    variants: [aVariant("S", { inventory }), aVariant("M", { inventory })],
  });
  const one = (fields: string) => `query ($id: Id!) { found: adminProduct(id: $id) { ${fields} } }`;
  const changed = (change: string, input: string, fields: string) =>
    `mutation ($input: ${input}!) { found: ${change}(input: $input) { ...Asked } }
     fragment Asked on AdminProduct { ${fields} }`;
  const whole = await send(one(all), { id });

  for (const [boost, fields] of Object.values(asked).entries()) {
    const found = await send(one(fields), { id });
    expect(JSON.stringify(found)).not.toContain("[]");
    expect(whole).toMatchObject(found);
    const list = await send(`{ found: adminProducts(first: 1) { edges { node { ${fields} } } } }`);
    expect(list).toEqual({ edges: [{ node: found }] });
    for (const change of ["publishProduct", "unpublishProduct"]) {
      expect(await send(changed(change, "KeyInput", fields), { input: { id } })).toEqual(found);
    }
    const input = { id, boost: boost + 1 };
    expect(await send(changed("updateProduct", "UpdateProductInput", fields), { input })).toEqual(
      found,
    );
  }
});
