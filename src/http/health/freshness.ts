import { z } from "zod";
import type { Freshness, TenantFreshness } from "#kernel/consistency/freshness";
import type { Quantiles } from "#kernel/consistency/lag";

const Lag = z
  .object({ p50Ms: z.number(), p99Ms: z.number() })
  .nullable()
  .meta({ description: "Null when nothing has changed lately." });

const behind = {
  readModel: Lag,
  search: Lag,
  oldestChangeMs: z.int(),
  oldestDocumentMs: z.int(),
  eventsWaiting: z.int(),
  documentsWaiting: z.int(),
};

export const InAll = z.object({
  ...behind,
  queues: z.array(z.object({ queue: z.string(), waiting: z.int(), failed: z.int() })),
});

export const OfTenant = z.object({ tenant: z.string(), ...behind });

/** Of all tenants together, or of the one that is furthest behind. */
export function inAll({ tenants, queues }: Freshness): z.output<typeof InAll> {
  const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
  return {
    readModel: worst(tenants.map(({ readModel }) => readModel)),
    search: worst(tenants.map(({ search }) => search)),
    oldestChangeMs: Math.max(0, ...tenants.map(({ oldestChange }) => age(oldestChange))),
    oldestDocumentMs: Math.max(0, ...tenants.map(({ oldestDocument }) => age(oldestDocument))),
    eventsWaiting: sum(tenants.map(({ eventsWaiting }) => eventsWaiting)),
    documentsWaiting: sum(tenants.map(({ documentsWaiting }) => documentsWaiting)),
    queues: queues.map(({ queue, waiting, failed }) => ({ queue, waiting, failed })),
  };
}

export function ofTenant(tenant: TenantFreshness): z.output<typeof OfTenant> {
  return {
    tenant: tenant.slug,
    readModel: worst([tenant.readModel]),
    search: worst([tenant.search]),
    oldestChangeMs: age(tenant.oldestChange),
    oldestDocumentMs: age(tenant.oldestDocument),
    eventsWaiting: tenant.eventsWaiting,
    documentsWaiting: tenant.documentsWaiting,
  };
}

function worst(lags: (Quantiles | null)[]) {
  const known = lags.filter((lag) => lag !== null);
  if (known.length === 0) return null;
  return {
    p50Ms: Math.max(...known.map(({ p50 }) => p50)),
    p99Ms: Math.max(...known.map(({ p99 }) => p99)),
  };
}

const age = (since: Date | null) => (since ? Math.max(0, Date.now() - since.getTime()) : 0);
