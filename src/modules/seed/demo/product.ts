import type { ProductRecord } from "#modules/import";
import { pick } from "../mix.ts";
import { picture, type Tint } from "../picture.ts";
import { colours, isColour, type Colour } from "./options.ts";
import type { DemoProduct, DemoShelf, DemoText } from "./shape.ts";
import { variantsOf } from "./variants.ts";

const DAY = 86_400_000;
const OPENING = Date.UTC(2026, 0, 5, 8);

/** `place` counts the products of the demo shop from 0: each went on sale four days after the one before. */
export function productOf(product: DemoProduct, shelf: DemoShelf, place: number): ProductRecord {
  const { handle, options = [] } = product;
  return {
    type: "product",
    key: handle,
    handle,
    status: product.draft ? "draft" : "published",
    publishedAt: product.draft ? null : new Date(OPENING + place * 4 * DAY).toISOString(),
    vendor: product.vendor,
    productType: product.type,
    translations: [translationOf("en", product.en), translationOf("de", product.de)],
    options: options.map(({ name }) => name),
    variants: variantsOf(product, options, place * 100),
    images: [0, 1].map((view) => ({
      url: picture(shelf.motif, tintOf(product), view),
      alt: view === 0 ? product.en.title : `${product.en.title}, close up`,
    })),
    categories: [`product/${shelf.category}`],
    tags: product.tags.map((tag) => `product/${tag}`),
  };
}

function translationOf(locale: string, { title, text, details }: DemoText) {
  const items = details.map((detail) => `<li>${detail}</li>`).join("");
  return {
    locale,
    title,
    description: `<p>${text}</p><ul>${items}</ul>`,
    seoTitle: `${title} | Larch & Lantern`,
    seoDescription: text,
  };
}

/** Of its first colour, where it comes in some; else one that suits it. */
function tintOf({ handle, options = [] }: DemoProduct): Tint {
  const named = options.flatMap(({ values }) => values.map(({ en }) => en)).find(isColour);
  const plain: Colour[] = ["Sand", "Slate", "Rust", "Ochre", "Spruce"];
  return colours[named ?? pick(plain, handle)];
}
