import { z } from "zod";
import { TenantStatus } from "./tenant.view.ts";

/** What REST answers of tenants; moments are written as ISO 8601 has them. */
const moment = z.date().meta({ type: "string", format: "date-time" });

export const tenant = z
  .object({
    id: z.guid(),
    revision: z.int().positive(),
    slug: z.string(),
    name: z.string(),
    status: z.enum(TenantStatus),
    defaultLocale: z.string(),
    locales: z.array(z.string()),
    defaultCurrency: z.string(),
    currencies: z.array(z.string()),
    domains: z.array(z.string()),
    suspendedAt: moment.nullable(),
    suspensionReason: z.string().nullable(),
    exportedAt: moment.nullable(),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: "Tenant" });

export const tenantPage = z.object({
  tenants: z.array(tenant),
  next: z.guid().nullable().meta({ description: "Give it as `after`; null on the last page." }),
});

export const moduleSettings = z
  .object({
    module: z.string(),
    value: z.record(z.string(), z.unknown()),
    revision: z.int().min(0),
    updatedAt: moment.nullable(),
  })
  .meta({ id: "ModuleSettings" });
