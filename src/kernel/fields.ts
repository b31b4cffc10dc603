import { z } from "zod";
import type { Tenant } from "#kernel/context";
import { Id } from "#kernel/ids";

/** Text as it is written: without NUL (which PostgreSQL cannot store), bounded. */
export const verbatim = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes("\0"), "must not contain NUL");

/** Text for people: trimmed. */
export const text = (max: number) => verbatim(max).transform((value) => value.trim());

/** Text that must say something. */
export const label = (max: number) =>
  text(max).refine((value) => value.length > 0, "must not be empty");

/** What a URL is made of: letters and digits of any script in lower case, single hyphens between. */
export const Handle = z
  .string()
  .max(255)
  .regex(/^[\p{Ll}\p{Lm}\p{Lo}\p{N}\p{M}]+(-[\p{Ll}\p{Lm}\p{Lo}\p{N}\p{M}]+)*$/u, {
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

/** A locale the tenant speaks. */
export const localeOf = ({ locales }: Tenant) =>
  Locale.refine(
    (locale) => locales.includes(locale),
    `must be one of the tenant's locales: ${locales.join(", ")}`,
  );

/** A currency the tenant sells in. */
export const currencyOf = ({ currencies: sold }: Tenant) =>
  z.string().refine((code) => sold.includes(code), {
    error: ({ input }) =>
      currencies.has(String(input))
        ? `must be one of the tenant's currencies: ${sold.join(", ")}`
        : "must be an ISO 4217 currency code, such as EUR",
  });

/** A schema that follows what a tenant speaks and sells in; made once for as long as the tenant is known. */
export function perTenant<Schema extends z.ZodType>(
  make: (tenant: Tenant) => Schema,
): (tenant: Tenant) => Schema {
  const made = new WeakMap<Tenant, Schema>();
  return (tenant) => {
    const schema = made.get(tenant) ?? make(tenant);
    made.set(tenant, schema);
    return schema;
  };
}

/** A moment that PostgreSQL can store; its calendar begins later than JavaScript's. */
export const Moment = z.date().min(new Date("0001-01-01T00:00:00Z"));

/** Ids of other things, each once. */
export const distinctIds = (max: number) =>
  z
    .array(Id)
    .max(max)
    .superRefine(distinctBy((id) => id, "id"));

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
