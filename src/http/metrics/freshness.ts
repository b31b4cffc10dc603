import { Gauge, Registry } from "prom-client";
import type { Freshness, TenantFreshness } from "#kernel/consistency/freshness";
import type { Quantiles } from "#kernel/consistency/lag";

/** What is behind right now, in Prometheus' format. Made anew for each scrape: a tenant that has caught up is not shown as it was. */
export function freshnessMetrics({ tenants, queues }: Freshness, now = Date.now()) {
  const registry = new Registry();
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `rustok_${name}`, help, labelNames, registers: [registry] });

  const lag = (name: string, help: string, of: (tenant: TenantFreshness) => Quantiles | null) => {
    const seconds = gauge(name, help, ["tenant", "quantile"]);
    for (const tenant of tenants) {
      const { p50, p99 } = of(tenant) ?? {};
      if (p50 !== undefined) seconds.set({ tenant: tenant.slug, quantile: "0.5" }, p50 / 1000);
      if (p99 !== undefined) seconds.set({ tenant: tenant.slug, quantile: "0.99" }, p99 / 1000);
    }
  };
  const byTenant = (name: string, help: string, of: (tenant: TenantFreshness) => number) => {
    const value = gauge(name, help, ["tenant"]);
    for (const tenant of tenants) value.set({ tenant: tenant.slug }, of(tenant));
  };
  const age = (since: Date | null) => (since ? Math.max(0, now - since.getTime()) / 1000 : 0);

  lag(
    "read_model_lag_seconds",
    "From a change to the read model, over the last quarter of an hour.",
    (tenant) => tenant.readModel,
  );
  lag(
    "search_lag_seconds",
    "From the read model to the search engine, over the last quarter of an hour.",
    (tenant) => tenant.search,
  );
  byTenant(
    "oldest_change_age_seconds",
    "Of the oldest change that the read model does not have.",
    ({ oldestChange }) => age(oldestChange),
  );
  byTenant(
    "oldest_document_age_seconds",
    "Of the oldest change that the search engine does not have.",
    ({ oldestDocument }) => age(oldestDocument),
  );
  byTenant("events_waiting", "Events for the relay.", ({ eventsWaiting }) => eventsWaiting);
  byTenant("oldest_event_age_seconds", "Of the oldest event for the relay.", ({ oldestEvent }) =>
    age(oldestEvent),
  );
  byTenant(
    "documents_waiting",
    "Documents for the search engine.",
    ({ documentsWaiting }) => documentsWaiting,
  );
  const waiting = gauge("jobs_waiting", "To be done, tried again or under way.", ["queue"]);
  const failed = gauge("jobs_failed", "Dead letters.", ["queue"]);
  for (const backlog of queues) {
    waiting.set({ queue: backlog.queue }, backlog.waiting);
    failed.set({ queue: backlog.queue }, backlog.failed);
  }
  return registry.metrics();
}
