import type { RequestContext } from "#kernel/context";
import { fileSource } from "./file.ts";
import { readShopify, surveyShopify } from "./shopify/read.ts";
import { importRecords } from "./write/import-records.ts";
import type { ImportOptions, Report } from "./write/report.ts";

/**
 * Imports a product export of Shopify, in the tenant's default locale and currency. Throws
 * BAD_USER_INPUT, before anything is written, for a file that is not one from its first to its last row.
 */
export async function importShopify(
  ctx: RequestContext,
  file: string,
  options: ImportOptions = {},
): Promise<Report> {
  const source = await fileSource(file);
  const { defaultLocale: locale, defaultCurrency: currency } = ctx.tenant;
  const survey = await surveyShopify(source);
  const entries = readShopify(source, survey, { locale, currency });
  return importRecords(ctx, "shopify", entries, { ...options, total: survey.products });
}
