import { z } from "zod";
import { handleOf } from "../handle.ts";
import { minorUnits } from "./amount.ts";

const LARGEST_INTEGER = 2_147_483_647;

export const anything = z.string();

export const url = z.url({ protocol: /^https?$/, error: "is not a web address" });

export const flag = z.stringbool({
  truthy: ["true"],
  falsy: ["false"],
  error: "is not TRUE or FALSE",
});

export const status = z
  .string()
  .toLowerCase()
  .pipe(z.enum(["active", "draft", "archived"], { error: "is not active, draft or archived" }));

export const wholeNumber = z
  .string()
  .regex(/^-?\d+$/, { error: "is not a whole number" })
  .transform(Number)
  .refine((value) => Math.abs(value) <= LARGEST_INTEGER, { error: "is out of range" });

/** Exports carry fractions of a gram where the shop weighs in pounds, and 0 where it weighs nothing. */
export const grams = z
  .string()
  .regex(/^\d+(\.\d+)?$/, { error: "is not a weight in grams" })
  .transform((text) => Math.round(Number(text)) || null)
  .refine((weight) => weight === null || weight <= LARGEST_INTEGER, { error: "is out of range" });

/** Shopify puts an apostrophe before digits that a spreadsheet would round. */
export const barcode = z.string().transform((text) => text.replace(/^'/, ""));

/** Names that become handles, one after the other. */
const names = (separator: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(separator)
        .map((name) => name.trim())
        .filter(Boolean),
    )
    .refine((list) => list.every(handleOf), { error: "holds a name without a letter or digit" });

export const list = names(",");
export const path = names(">");
export const name = names("\n");

/** Minor units of the currency. */
export const amountIn = (currency: string) =>
  z.string().transform((text, issue) => {
    const units = minorUnits(text, currency);
    if (units !== undefined) return units;
    issue.addIssue({ code: "custom", message: `is not an amount in ${currency}` });
    return z.NEVER;
  });
