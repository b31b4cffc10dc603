import type { Database } from "#kernel/database/database";
import type { AnyJob } from "#kernel/jobs/job";
import type { FindTenant } from "#kernel/tenancy/find-tenants";
import { lagOf, type TenantLag } from "./lag.ts";

/** What lies on a queue. */
export interface QueueBacklog {
  queue: string;
  /** To be done, tried again or under way. */
  waiting: number;
  /** Dead letters. */
  failed: number;
  /** For each tenant, when the first event was made that a waiting job is about. */
  oldest: { tenantId: string; at: Date }[];
}

/** How far behind a tenant's changes are, what lies on the queues included. */
export interface TenantFreshness extends TenantLag {
  /** When the oldest change was made that the read model does not have; null when it has all. */
  oldestChange: Date | null;
}

/** How fresh what storefronts read is. */
export interface Freshness {
  /** Those of whom there is something to say. */
  tenants: TenantFreshness[];
  queues: QueueBacklog[];
}

/** Asked for by health checks and scrapes, of which there may be many. */
const rememberedMs = 5_000;

/** Answers how fresh everything is, or was at most five seconds ago. Without a search engine to feed, no document waits for it. */
export function watchFreshness(options: {
  db: Database;
  jobs: AnyJob[];
  backlog: () => Promise<QueueBacklog[]>;
  findTenant: FindTenant;
  searchEngine: boolean;
}): () => Promise<Freshness> {
  const { db, backlog, findTenant, searchEngine } = options;
  const projections = options.jobs.filter(({ projection }) => projection).map(({ name }) => name);

  async function look(): Promise<Freshness> {
    const [lags, queues] = await Promise.all([lagOf(db, projections), backlog()]);
    const jobs = queues.filter(({ queue }) => projections.includes(queue));
    const oldest = oldestByTenant(jobs.flatMap((queue) => queue.oldest));
    const known = new Map(lags.map((lag) => [lag.tenantId, lag]));
    for (const tenantId of oldest.keys()) {
      const tenant = known.has(tenantId) ? null : await findTenant({ id: tenantId });
      if (tenant) known.set(tenantId, { ...nothingToSay, tenantId, slug: tenant.slug });
    }
    await leaveOutWhatWaits(known);
    return {
      queues,
      tenants: [...known.values()].map((lag) => ({
        ...lag,
        ...(!searchEngine && { search: null, documentsWaiting: 0, oldestDocument: null }),
        oldestChange: earlier(lag.oldestEvent, oldest.get(lag.tenantId) ?? null),
      })),
    };
  }

  /** What was changed in a suspended tenant waits until that is resumed, and nobody is late. */
  async function leaveOutWhatWaits(known: Map<string, TenantLag>): Promise<void> {
    for (const lag of known.values()) {
      const tenant = lag.oldestEvent && (await findTenant({ id: lag.tenantId }));
      if (tenant?.status === "suspended") {
        known.set(lag.tenantId, { ...lag, eventsWaiting: 0, oldestEvent: null });
      }
    }
  }

  let looked: { until: number; freshness: Promise<Freshness> } | undefined;
  return () => {
    if (looked && performance.now() < looked.until) return looked.freshness;
    const freshness = look();
    const mine = { until: performance.now() + rememberedMs, freshness };
    looked = mine;
    freshness.catch(() => {
      if (looked === mine) looked = undefined;
    });
    return freshness;
  };
}

const nothingToSay = {
  readModel: null,
  search: null,
  eventsWaiting: 0,
  oldestEvent: null,
  documentsWaiting: 0,
  oldestDocument: null,
};

function oldestByTenant(oldest: QueueBacklog["oldest"]): Map<string, Date> {
  const found = new Map<string, Date>();
  for (const { tenantId, at } of oldest) {
    found.set(tenantId, earlier(at, found.get(tenantId) ?? null) ?? at);
  }
  return found;
}

const earlier = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one < other ? one : other) : (one ?? other);

/** Why what storefronts read is not as fresh as it is to be; empty when it is. Names no tenant. */
export function staleness({ tenants }: Freshness, objectiveMs: number, now = Date.now()): string[] {
  const past = `past ${seconds(objectiveMs)}`;
  const slow = (what: string, lag: (tenant: TenantFreshness) => number | undefined) => {
    const over = tenants.map((tenant) => lag(tenant) ?? 0).filter((ms) => ms > objectiveMs);
    return over.length === 0
      ? []
      : [
          `of ${over.length} ${over.length === 1 ? "tenant" : "tenants"} ${what} has lately taken up to ${seconds(Math.max(...over))} (p99), ${past}`,
        ];
  };
  const old = (what: string, since: (tenant: TenantFreshness) => Date | null) => {
    const age = Math.max(...tenants.map((tenant) => now - (since(tenant)?.getTime() ?? now)), 0);
    return age > objectiveMs ? [`${what} has waited for ${seconds(age)}, ${past}`] : [];
  };
  return [
    ...slow("the read model", ({ readModel }) => readModel?.p99),
    ...slow("the search engine", ({ search }) => search?.p99),
    ...old("a change that the read model does not have", ({ oldestChange }) => oldestChange),
    ...old("a document that the search engine does not have", (tenant) => tenant.oldestDocument),
  ];
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
