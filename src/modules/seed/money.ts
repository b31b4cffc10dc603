import type { VariantRecord } from "#modules/import";

/**
 * What something costs in both currencies of the demo shop. `cents` are of a euro; a dollar price
 * follows at 1.10, rounded up to the next one that ends in .90.
 */
export function pricesOf(cents: number, was?: number): VariantRecord["prices"] {
  return [
    { currency: "EUR", amount: cents, compareAtAmount: was ?? null },
    { currency: "USD", amount: dollars(cents), compareAtAmount: was ? dollars(was) : null },
  ];
}

function dollars(cents: number): number {
  return Math.ceil((cents * 11 + 100) / 1000) * 100 - 10;
}
