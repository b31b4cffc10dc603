import { z } from "zod";
import { Currency, distinctBy, label, Locale, text } from "#kernel/fields";
import { Host, Slug } from "#kernel/tenancy/names";

const itself = (value: string) => value;

/** What a tenant says of itself. */
const fields = {
  name: label(255),
  defaultLocale: Locale,
  locales: z.array(Locale).min(1).max(50).superRefine(distinctBy(itself, "locale")),
  defaultCurrency: Currency,
  currencies: z.array(Currency).min(1).max(50).superRefine(distinctBy(itself, "currency")),
};

const localesFit = {
  check: ({ locales, defaultLocale }: { locales: string[]; defaultLocale: string }) =>
    locales.includes(defaultLocale),
  fault: { path: ["defaultLocale"], error: "must be one of the locales" },
};
const currenciesFit = {
  check: (of: { currencies: string[]; defaultCurrency: string }) =>
    of.currencies.includes(of.defaultCurrency),
  fault: { path: ["defaultCurrency"], error: "must be one of the currencies" },
};

/** How a tenant must be after a change: a default is one of those there are. */
export const wholeTenant = z
  .object(fields)
  .refine(localesFit.check, localesFit.fault)
  .refine(currenciesFit.check, currenciesFit.fault);

/** The most hosts a tenant answers to. */
export const mostDomains = 100;

export const createTenant = z
  .object({
    slug: Slug,
    ...fields,
    domains: z.array(Host).max(mostDomains).superRefine(distinctBy(itself, "domain")).default([]),
  })
  .refine(localesFit.check, localesFit.fault)
  .refine(currenciesFit.check, currenciesFit.fault);
export type CreateTenant = z.output<typeof createTenant>;

const revision = z.int().positive().nullish();

export const updateTenant = z.object({ ...fields, revision }).partial();
export type UpdateTenant = z.output<typeof updateTenant>;

export const renameTenant = z.object({ slug: Slug, revision });
export type RenameTenant = z.output<typeof renameTenant>;

export const suspendTenant = z.object({ reason: text(1_000).nullish() });
export const deleteTenant = z.object({
  confirm: z.string().max(63).meta({ description: "The tenant's slug." }),
  rows: z.int().min(0).meta({ description: "How many rows the last line of the export tells of." }),
});
export type DeleteTenant = z.output<typeof deleteTenant>;
export const domain = z.object({ host: Host });
