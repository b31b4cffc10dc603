import type { RequestContext, Tenant } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";
import {
  importRecords,
  type Entry,
  type ImportOptions,
  type ImportRecord,
  type Report,
} from "#modules/import";
import { catalogue } from "./catalogue/catalogue.ts";
import { demoRecords, demoShop } from "./demo/demo.ts";

/** Fills a tenant with the demo shop, as far as it has its locales and currencies. Twice does no more than once. */
export function seedDemo(ctx: RequestContext, options: ImportOptions = {}): Promise<Report> {
  const records = [...demoRecords()];
  const total = records.filter(({ type }) => type === "product" || type === "node").length;
  const entries = records.map((record, index) => ({ line: index + 1, record }));
  return importRecords(ctx, "demo", fitting(ctx.tenant, entries), { ...options, total });
}

/** Fills a tenant with a catalogue of `count` products; a larger count later adds the rest. */
export function seedScale(
  ctx: RequestContext,
  count: number,
  options: ImportOptions = {},
): Promise<Report> {
  const entries = fitting(ctx.tenant, catalogue(count));
  return importRecords(ctx, "catalogue", entries, { ...options, total: count });
}

/** Each record in the languages and currencies of the tenant alone. Throws BAD_USER_INPUT if it has none of them. */
async function* fitting(
  tenant: Tenant,
  entries: Iterable<Entry> | AsyncIterable<Entry>,
): AsyncGenerator<Entry> {
  if (!demoShop.locales.some((locale) => tenant.locales.includes(locale))) {
    throw BadUserInput.at(["tenant"], `must speak one of ${demoShop.locales.join(", ")}`);
  }
  for await (const entry of entries) {
    yield "record" in entry ? { ...entry, record: fitted(tenant, entry.record) } : entry;
  }
}

function fitted({ locales, currencies }: Tenant, record: ImportRecord): ImportRecord {
  const spoken = <Text extends { locale: string }>(texts: Text[]) =>
    texts.filter(({ locale }) => locales.includes(locale));
  if (record.type === "category") return { ...record, translations: spoken(record.translations) };
  if (record.type === "node") return { ...record, translations: spoken(record.translations) };
  if (record.type !== "product") return record;
  return {
    ...record,
    translations: spoken(record.translations),
    variants: record.variants.map((variant) => ({
      ...variant,
      translations: spoken(variant.translations),
      prices: variant.prices.filter(({ currency }) => currencies.includes(currency)),
    })),
  };
}
