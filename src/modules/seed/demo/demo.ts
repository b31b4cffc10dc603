import { handleOf, type ImportRecord, type Scope } from "#modules/import";
import { articleOf } from "./article.ts";
import { articles } from "./articles/all.ts";
import { productOf } from "./product.ts";
import { shelves } from "./products/shelves.ts";
import * as terms from "./terms.ts";

/** What the demo records are written in and sold for: a tenant for them has at least these. */
export const demoShop = {
  name: "Larch & Lantern",
  locales: ["en", "de"],
  currencies: ["EUR", "USD"],
};

/**
 * Everything the demo shop has, in an order that can be written: 2 stock locations, 4 authors,
 * categories, tags, 60 products and 20 articles. The same, to the letter, every time.
 */
export function* demoRecords(): Generator<ImportRecord> {
  yield* sharedRecords();
  for (const author of terms.authors) yield { type: "author", key: author.handle, ...author };
  yield* categoryRecords("content", terms.magazineCategories);
  yield* tagRecords("content", terms.magazineTags);
  let place = 0;
  for (const shelf of shelves) {
    for (const product of shelf.products) yield productOf(product, shelf, place++);
  }
  yield* articles.map(articleOf);
}

/** The locations, categories and tags that the products of the demo and those of a large catalogue are in. */
export function* sharedRecords(): Generator<ImportRecord> {
  for (const { handle, name } of terms.locations) {
    yield { type: "location", key: handle, handle, name };
  }
  yield* categoryRecords("product", terms.shopCategories);
  yield* tagRecords("product", terms.shopTags);
}

function* categoryRecords(
  scope: Scope,
  categories: typeof terms.shopCategories,
): Generator<ImportRecord> {
  for (const [position, { handle, below, en, de }] of categories.entries()) {
    yield {
      type: "category",
      key: `${scope}/${handle}`,
      scope,
      handle,
      parent: below ? `${scope}/${below}` : null,
      position,
      translations: [
        { locale: "en", name: en, description: null },
        { locale: "de", name: de, description: null },
      ],
    };
  }
}

function* tagRecords(scope: Scope, names: string[]): Generator<ImportRecord> {
  for (const name of names) {
    const handle = handleOf(name);
    yield { type: "tag", key: `${scope}/${handle}`, scope, handle, name };
  }
}
