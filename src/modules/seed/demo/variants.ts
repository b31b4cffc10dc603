import type { VariantRecord } from "#modules/import";
import { barcode } from "../barcode.ts";
import { mix } from "../mix.ts";
import { pricesOf } from "../money.ts";
import type { DemoOption, DemoProduct, DemoValue } from "./shape.ts";
import { locations } from "./terms.ts";

type Whole = Pick<DemoProduct, "sku" | "price" | "was" | "grams">;

interface Choice {
  option: string;
  value: DemoValue;
}

/** One for every value of each option with every value of the others; barcodes count from `number`. */
export function variantsOf(whole: Whole, options: DemoOption[], number: number): VariantRecord[] {
  const combinations = options.reduce<Choice[][]>(
    (all, { name, values }) =>
      all.flatMap((chosen) => values.map((value) => [...chosen, { option: name, value }])),
    [[]],
  );
  return combinations.map((choices, index) => variantOf(whole, choices, number + index));
}

function variantOf(whole: Whole, choices: Choice[], number: number): VariantRecord {
  const plus = choices.reduce((sum, { value }) => sum + (value.plus ?? 0), 0);
  const sku = [whole.sku, ...choices.map(({ value }) => short(value.en))].join("-");
  return {
    sku,
    barcode: barcode(number),
    weightGrams: choices.reduce((sum, { value }) => sum + (value.grams ?? 0), whole.grams),
    options: choices.map(({ option, value }) => ({ name: option, value: value.en })),
    translations: choices.length === 0 ? [] : titlesOf(choices),
    prices: pricesOf(whole.price + plus, whole.was && whole.was + plus),
    inventory: locations.map(({ handle }) => ({ location: handle, quantity: stock(sku, handle) })),
  };
}

function titlesOf(choices: Choice[]): VariantRecord["translations"] {
  return (["en", "de"] as const).map((locale) => ({
    locale,
    title: choices.map(({ value }) => value[locale]).join(" / "),
  }));
}

/** "Whole bean" is WHOL, "1.2 l" is 12L. */
function short(value: string): string {
  const letters = value.replace(/[^\p{L}\p{N}]/gu, "");
  return letters.toUpperCase().slice(0, 4);
}

/** Up to 60 of each; about one in eight is sold out at a place. */
function stock(sku: string, location: string): number {
  return mix(sku, location, "sold out") % 8 === 0 ? 0 : 1 + (mix(sku, location) % 60);
}
