import { afterAll, beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import * as commerce from "#modules/commerce";
import * as content from "#modules/content";
import { verify } from "#modules/index";
import * as taxonomy from "#modules/taxonomy";
import { tenants } from "#modules/tenants";
import { settled, startBackground } from "#test/background";
import { eventsOf, installation, registry } from "#test/installation";
import { indexModule } from "../../../src/modules/index/module.ts";

const heard = indexModule.listeners.flatMap(({ events }) => events.map(({ type }) => type));

let background: Awaited<ReturnType<typeof startBackground>>;
let editor: RequestContext;
beforeAll(async () => {
  editor = await (await installation()).anEditor();
  background = await startBackground();
});
afterAll(() => background.stop());

test("every event of shop and site is heard, but for the births of what no document shows yet", () => {
  const events = registry.modules
    .filter(({ slug }) => ["taxonomy", "content", "commerce"].includes(slug))
    .flatMap((one) => one.events);
  const unheard = events.map(({ type }) => type).filter((type) => !heard.includes(type));
  expect(unheard).toEqual(["tag.created", "author.created"]);
});

test("whatever happens to a document, the read model follows", async () => {
  const { clothes, sale, ada, shirt, post } = await aSite();
  await follows("The site", { products: 2, content: 2, categories: 2 });

  await commerce.products.update(
    editor,
    commerce.updateProduct(editor.tenant).parse({ ...shirt, handle: "linen-shirt" }),
  );
  const { id: large } = await commerce.variants.create(
    editor,
    commerce.createVariant(editor.tenant).parse({
      productId: shirt.id,
      options: [{ name: "Size", value: "L" }],
    }),
  );
  await follows("A variant more");
  const variant = commerce.updateVariant(editor.tenant).parse({ id: large, sku: "SHIRT-L" });
  await commerce.variants.update(editor, variant);
  await follows("Its SKU");
  const prices = [{ currency: "EUR", amount: 1_999 }];
  await commerce.prices.set(
    editor,
    commerce.setPrices(editor.tenant).parse({ variantId: large, prices }),
  );
  await follows("Its price");
  const store = await commerce.locations.create(editor, { handle: "store", name: "Store" });
  await commerce.inventory.set(
    editor,
    commerce.setInventory.parse({ variantId: large, locationId: store.id, quantity: 3 }),
  );
  await follows("Its stock");
  await commerce.sales.record(
    editor,
    commerce.recordSales.parse({ sales: [{ productId: shirt.id, units: 7 }] }),
  );
  await follows("Its sales");
  await commerce.variants.remove(editor, { id: large });
  await follows("Without the variant");

  const nodeUpdate = content.updateNode(editor.tenant).parse({ ...post, position: 5 });
  await content.nodes.update(editor, nodeUpdate);
  await follows("The post's place");
  await content.authors.update(
    editor,
    content.updateAuthor.parse({ ...ada, name: "Ada Lovelace" }),
  );
  await follows("The author's name");
  await taxonomy.tags.update(editor, { ...sale, name: "Ausverkauf" });
  await follows("The tag's name");
  await taxonomy.categories.update(editor, {
    ...clothes,
    translations: [{ locale: "en", name: "Garb" }],
  });
  await follows("The category's name");

  await commerce.products.unpublish(editor, shirt);
  await content.nodes.unpublish(editor, post);
  await follows("Unpublished", { products: 0, content: 0 });
  await commerce.products.publish(editor, shirt);
  await content.nodes.publish(editor, post);
  await follows("Published again", { products: 2, content: 2 });

  const { locales } = editor.tenant;
  await tenants.update(editor, { locales: locales.slice(0, 1) });
  await follows("In one locale", { products: 1, content: 1 });
  await tenants.update(editor, { locales });
  await follows("In both again", { products: 2, content: 2 });

  await taxonomy.tags.remove(editor, sale);
  await follows("Without the tag");
  await taxonomy.categories.remove(editor, clothes);
  await follows("Without the category", { categories: 0 });
  await commerce.products.remove(editor, shirt);
  await content.nodes.remove(editor, post);
  await content.authors.remove(editor, ada);
  await follows("Without anything", { products: 0, content: 0 });

  const told = new Set((await eventsOf(editor)).map(({ type }) => type));
  expect(heard.filter((type) => !told.has(type))).toEqual([]);
});

/** A shirt in one size, filed under a category and a tag, and a post by an author. */
async function aSite() {
  const clothes = await taxonomy.categories.create(
    editor,
    taxonomy.createCategory.parse({
      scope: "product",
      handle: "clothes",
      translations: [{ locale: "en", name: "Clothes" }],
    }),
  );
  const sale = await taxonomy.tags.create(
    editor,
    taxonomy.createTag.parse({ scope: "product", handle: "sale", name: "Sale" }),
  );
  const ada = await content.authors.create(
    editor,
    content.createAuthor.parse({ handle: "ada", name: "Ada" }),
  );
  const shirt = await commerce.products.create(
    editor,
    commerce.createProduct(editor.tenant).parse({
      handle: "shirt",
      status: "published",
      translations: [{ locale: "en", title: "Shirt" }],
      options: [{ name: "Size" }],
      variants: [{ options: [{ name: "Size", value: "S" }] }],
      categoryIds: [clothes.id],
      tagIds: [sale.id],
    }),
  );
  const post = await content.nodes.create(
    editor,
    content.createNode(editor.tenant).parse({
      kind: "post",
      status: "published",
      authorId: ada.id,
      translations: [{ locale: "en", slug: "hello", title: "Hello" }],
    }),
  );
  return {
    clothes: { id: clothes.id },
    sale: { id: sale.id },
    ada: { id: ada.id },
    shirt: { id: shirt.id },
    post: { id: post.id },
  };
}

/** Once the background is done nothing differs from source, and so many documents are visible. */
async function follows(what: string, visible: Record<string, number> = {}): Promise<void> {
  const { owner } = await installation();
  await settled();
  expect(await Array.fromAsync(verify(editor)), what).toEqual([]);
  const { rows } = await owner.query(
    `select (select count(*)::integer from index_products where visible) as products,
            (select count(*)::integer from index_content where visible) as content,
            (select count(*)::integer from index_categories where visible) as categories`,
  );
  expect(rows[0], what).toMatchObject(visible);
}
