import type { Card } from "./card-documents.ts";

/** What Meilisearch can filter by and count, in bytes of UTF-8: of a longer value it knows the beginning alone. */
const longestValue = 468;
/** Far less than a request may have, so that a batch of them passes. */
const largestDocument = 1_000_000;

/** Why Meilisearch cannot have a document; nothing, as a rule. */
export function faultsOf(card: Card): string[] {
  const values = valuesOf(card).flatMap(([field, value]) => tooLong(field, value));
  const numbers = numbersOf(card).flatMap(([field, number]) => inexact(field, number));
  const size = Buffer.byteLength(JSON.stringify(card));
  const tooLarge = `the document has ${size} bytes, and may have ${largestDocument}`;
  return [...values, ...numbers, ...(size > largestDocument ? [tooLarge] : [])];
}

type Value = [field: string, value: string | null | undefined];

function valuesOf(card: Card): Value[] {
  const { categories, tags } = card;
  const own: Value[] =
    "kind" in card
      ? [
          ["kind", card.kind],
          ["author", card.author?.handle],
        ]
      : [
          ["vendor", card.vendor],
          ["product type", card.productType],
          ...card.options.map((option): Value => ["option", option]),
        ];
  return [
    ...own,
    ...categories.map((handle): Value => ["category", handle]),
    ...tags.map((handle): Value => ["tag", handle]),
  ];
}

function tooLong(field: string, value: Value[1]): string[] {
  const bytes = Buffer.byteLength(value ?? "");
  if (bytes <= longestValue) return [];
  return [
    `the ${field} "${value?.slice(0, 40)}…" has ${bytes} bytes, and what is filtered by may have ${longestValue}`,
  ];
}

function numbersOf(card: Card): [field: string, number: number][] {
  if ("kind" in card) return [["revision", card.sourceRevision]];
  const prices = Object.entries(card.prices).flatMap(
    ([currency, { min, max }]): [string, number][] => [
      [`lowest price in ${currency}`, min],
      [`highest price in ${currency}`, max],
    ],
  );
  return [["revision", card.sourceRevision], ["boost", card.boost], ...prices];
}

/** Meilisearch keeps numbers as floating point. */
function inexact(field: string, number: number): string[] {
  if (Number.isSafeInteger(number)) return [];
  return [`the ${field} ${number} is no integer up to ${Number.MAX_SAFE_INTEGER}`];
}
