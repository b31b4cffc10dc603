import { Counter, Gauge, Registry } from "prom-client";
import type { Tenants } from "#kernel/tenancy/tenants";

const counters = [
  ["hits", "cache_hits", "Tenants found by name without the database."],
  ["negativeHits", "cache_negative_hits", "Names known to be nobody's without the database."],
  ["misses", "cache_misses", "Names that were not known."],
  ["lookups", "lookups", "What the database was asked for names that were not known."],
] as const;

/** How tenants are found. The counts are of all processes that share a Redis, the gauges of this one. */
export async function tenantMetrics(tenants: Tenants): Promise<string> {
  const registers = [new Registry()];
  const counts = await tenants.counts();
  for (const [count, name, help] of counters) {
    new Counter({ name: `rustok_tenant_${name}_total`, help, registers }).inc(counts[count]);
  }
  const { remembered, hears } = tenants.state();
  const entries = new Gauge({
    name: "rustok_tenant_cache_entries",
    help: "Names that this process remembers, by whether they are somebody's.",
    labelNames: ["kind"],
    registers,
  });
  for (const [kind, size] of Object.entries(remembered)) entries.set({ kind }, size);
  const up = new Gauge({
    name: "rustok_tenant_changes_heard",
    help: "Whether this process hears of changes by this channel; without, it remembers for a second only.",
    labelNames: ["channel"],
    registers,
  });
  for (const { name, up: isUp } of hears) up.set({ channel: name }, Number(isUp));
  return registers[0]?.metrics() ?? "";
}
