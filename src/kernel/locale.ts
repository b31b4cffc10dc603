import type { Tenant } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";

/**
 * The tenant's locale that suits a reader best: the one asked for, else one of the same language
 * (de for de-AT), else the tenant's default.
 */
export function chooseLocale(tenant: Tenant, asked: string | null | undefined): string {
  if (!asked || tenant.locales.includes(asked)) return asked || tenant.defaultLocale;
  const wanted = asked.toLowerCase();
  const language = wanted.split("-")[0];
  return (
    tenant.locales.find((locale) => locale.toLowerCase() === wanted) ??
    tenant.locales.find((locale) => locale.toLowerCase() === language) ??
    tenant.locales.find((locale) => locale.toLowerCase().split("-")[0] === language) ??
    tenant.defaultLocale
  );
}

/** The currency asked for, else the tenant's default. Throws BAD_USER_INPUT for one the tenant does not sell in. */
export function chooseCurrency(tenant: Tenant, asked: string | null | undefined): string {
  if (!asked) return tenant.defaultCurrency;
  if (tenant.currencies.includes(asked)) return asked;
  throw BadUserInput.at(["currency"], `must be one of ${tenant.currencies.join(", ")}`);
}
