import { z } from "zod";

/** Text for people: trimmed, without NUL (which PostgreSQL cannot store), bounded. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes("\0"), "must not contain NUL")
    .transform((value) => value.trim());

/** Text that must say something. */
export const label = (max: number) =>
  text(max).refine((value) => value.length > 0, "must not be empty");

/** What a URL is made of: letters and digits of any script in lower case, single hyphens between. */
export const Handle = z
  .string()
  .max(255)
  .regex(/^[\p{Ll}\p{Lo}\p{N}\p{M}]+(-[\p{Ll}\p{Lo}\p{N}\p{M}]+)*$/u, {
    error: "must be lower-case letters and digits with single hyphens between",
  });

/** A BCP 47 language tag in its canonical spelling. */
export const Locale = z
  .string()
  .max(35)
  .transform((tag, issue) => {
    try {
      return new Intl.Locale(tag).toString();
    } catch {
      issue.addIssue({
        code: "custom",
        message: "must be a BCP 47 language tag, such as en or de-AT",
      });
      return z.NEVER;
    }
  });

const currencies = new Set(Intl.supportedValuesOf("currency"));

/** An ISO 4217 code. */
export const Currency = z
  .string()
  .refine((code) => currencies.has(code), "must be an ISO 4217 currency code, such as EUR");

/** Refuses a list in which two entries have the same key; says which. */
export function distinctBy<Item>(key: (item: Item) => string, what: string) {
  return (items: Item[], issue: z.RefinementCtx): void => {
    const seen = new Set<string>();
    items.forEach((item, index) => {
      if (seen.has(key(item))) {
        issue.addIssue({
          code: "custom",
          path: [index],
          message: `repeats the ${what} "${key(item)}"`,
        });
      }
      seen.add(key(item));
    });
  };
}
