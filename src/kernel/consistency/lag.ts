import type { Database } from "#kernel/database/database";

/** How long something took lately, in milliseconds: half of the time no longer than, and all but a hundredth. */
export interface Quantiles {
  p50: number;
  p99: number;
}

/** How far behind a tenant's changes are. */
export interface TenantLag {
  tenantId: string;
  slug: string;
  /** From a change to the read model; null when nothing has changed lately. */
  readModel: Quantiles | null;
  /** From the read model to the search engine; null when nothing got there lately. */
  search: Quantiles | null;
  /** Events that no relay has handed over yet. */
  eventsWaiting: number;
  oldestEvent: Date | null;
  /** Documents that the search engine does not have as they are. */
  documentsWaiting: number;
  oldestDocument: Date | null;
}

/** What counts as lately; of a tenant that changes much, its latest thousand changes, so that asking stays cheap while it imports. */
const lately = { ms: 15 * 60_000, atMost: 1_000 };

/** Of every tenant of whom there is something to say, by slug. `projections` names the jobs that make the read model. */
export async function lagOf({ pool }: Database, projections: string[]): Promise<TenantLag[]> {
  const { rows } = await pool.query<Row>({
    name: "lag-by-tenant",
    text: "select * from lag_by_tenant($1, now() - $2 * interval '1 ms', $3)",
    values: [projections, lately.ms, lately.atMost],
  });
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    slug: row.slug,
    readModel: quantiles(row.projected_p50, row.projected_p99),
    search: quantiles(row.searchable_p50, row.searchable_p99),
    eventsWaiting: row.events_waiting,
    oldestEvent: row.oldest_event,
    documentsWaiting: row.documents_waiting,
    oldestDocument: row.oldest_document,
  }));
}

interface Row {
  tenant_id: string;
  slug: string;
  projected_p50: number | null;
  projected_p99: number | null;
  searchable_p50: number | null;
  searchable_p99: number | null;
  events_waiting: number;
  oldest_event: Date | null;
  documents_waiting: number;
  oldest_document: Date | null;
}

/** To the tenth of a millisecond; clocks that disagree make no change come before it was made. */
function quantiles(p50: number | null, p99: number | null): Quantiles | null {
  const rounded = (ms: number) => Math.max(0, Math.round(ms * 10) / 10);
  return p50 === null || p99 === null ? null : { p50: rounded(p50), p99: rounded(p99) };
}
