import { handleOf, type ProductRecord } from "#modules/import";
import { colours, isColour } from "../demo/options.ts";
import type { Both, DemoOption } from "../demo/shape.ts";
import { variantsOf } from "../demo/variants.ts";
import { around, mix, pick } from "../mix.ts";
import { picture } from "../picture.ts";
import * as words from "./words.ts";

const DAY = 86_400_000;
const NEWEST = Date.UTC(2026, 9, 1, 8);

const kinds = words.things.flatMap((thing) => thing.of.map((material) => ({ thing, material })));
const lines = words.beginnings.flatMap((begin) => words.endings.map((end) => begin + end));

/** How many different products the words give. */
export const catalogueSize = kinds.length * lines.length;

/** A prime that divides no catalogue we have words for: its multiples visit every place once. */
const STRIDE = 1_000_003;

/** The product at this place, from 0. Neighbours have little in common, so that any part is a fair sample. */
export function productAt(index: number): ProductRecord {
  const place = (index * STRIDE) % catalogueSize;
  const { thing, material } = around(kinds, place);
  const line = around(lines, Math.floor(place / kinds.length));
  const title: Both = {
    en: `${line} ${material.en} ${thing.en}`,
    de: `${thing.de} ${line} aus ${material.de}`,
  };
  const handle = handleOf(title.en);
  const price = priceOf(thing.price, index);
  const options = optionsOf(thing.sizes, index);
  return {
    type: "product",
    key: handle,
    handle,
    status: "published",
    publishedAt: new Date(NEWEST - (mix(index, "age") % 1_500) * DAY).toISOString(),
    vendor: pick(words.vendors, index, "vendor"),
    productType: thing.en,
    translations: (["en", "de"] as const).map((locale) => ({
      locale,
      title: title[locale],
      description: descriptionOf(locale, index),
      seoTitle: null,
      seoDescription: null,
    })),
    options: options.map(({ name }) => name),
    variants: variantsOf(
      {
        sku: `C${String(index + 1).padStart(6, "0")}`,
        price,
        ...(mix(index, "sale") % 6 === 0 && { was: price + 1_000 }),
        grams: thing.grams,
      },
      options,
      1_000_000 + index * 20,
    ),
    images: [{ url: picture(thing.motif, tintOf(options, index)), alt: title.en }],
    categories: [`product/${thing.category}`],
    tags: tagsOf(material.tag, index),
  };
}

/** Between four fifths and twice of what such a thing costs, ending in .90. */
function priceOf(usual: number, index: number): number {
  const share = 80 + (mix(index, "price") % 121);
  return Math.floor((usual * share) / 10_000) * 100 + 90;
}

/** Its sizes, if it has some, in none to three colours. */
function optionsOf(sizes: Both[], index: number): DemoOption[] {
  const names = Object.entries(colours);
  const first = mix(index, "colour");
  const count = mix(index, "colours") % 4;
  const chosen = Array.from({ length: count }, (_, step) => around(names, first + step * 3));
  return [
    { name: "Colour", values: chosen.map(([en, { de }]) => ({ en, de })) },
    {
      name: "Size",
      values: sizes.map((size, step) => ({ ...size, plus: step * 800, grams: step * 150 })),
    },
  ].filter(({ values }) => values.length > 0);
}

function descriptionOf(locale: "en" | "de", index: number): string {
  const opening = pick(words.openings, index, "opening")[locale];
  const closing = pick(words.closings, index, "closing")[locale];
  return `<p>${opening} ${closing}</p>`;
}

function tintOf(options: DemoOption[], index: number) {
  const named = options.flatMap(({ values }) => values.map(({ en }) => en)).find(isColour);
  return named ? colours[named] : { hue: mix(index, "hue") % 360, saturation: 30 };
}

/** What it is made of, and now and then more to find it by. */
function tagsOf(ofMaterial: string, index: number): string[] {
  const more = { 0: "gift-idea", 1: "handmade", 2: "made-to-last" }[mix(index, "tag") % 7];
  return [...new Set([ofMaterial, ...(more ? [more] : [])])].map((tag) => `product/${tag}`);
}
