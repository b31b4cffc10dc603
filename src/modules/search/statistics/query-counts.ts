/** How many distinct queries are counted between two flushes; beyond that only what is among them. */
const most = { ofTenant: 500, inAll: 5_000 };

/** What is counted apart. */
export interface Counted {
  /** In UTC, such as 2026-11-23. */
  day: string;
  locale: string;
  kind: string;
  query: string;
}

export interface Count extends Counted {
  searches: number;
  withoutResults: number;
}

/** Counts of searches by tenant and query, bounded: one tenant's visitors cannot crowd out another's. */
export class QueryCounts {
  private readonly tenants = new Map<string, Map<string, Count>>();
  private distinct = 0;

  get isEmpty(): boolean {
    return this.distinct === 0;
  }

  note(tenantId: string, counted: Counted, withoutResults: boolean): void {
    const count = this.countOf(tenantId, counted);
    if (!count) return;
    count.searches += 1;
    if (withoutResults) count.withoutResults += 1;
  }

  /** What there is no room for is lost. */
  add(other: QueryCounts): void {
    for (const [tenantId, counts] of other.tenants) {
      for (const added of counts.values()) {
        const count = this.countOf(tenantId, added);
        if (!count) continue;
        count.searches += added.searches;
        count.withoutResults += added.withoutResults;
      }
    }
  }

  /** In the order of the tenants' ids. */
  byTenant(): [tenantId: string, Count[]][] {
    return [...this.tenants]
      .map(([tenantId, counts]): [string, Count[]] => [tenantId, [...counts.values()]])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private countOf(tenantId: string, counted: Counted): Count | undefined {
    const ofTenant = this.tenants.get(tenantId) ?? new Map<string, Count>();
    const { day, locale, kind, query } = counted;
    const key = `${day} ${locale} ${kind} ${query}`;
    const known = ofTenant.get(key);
    if (known) return known;
    if (ofTenant.size >= most.ofTenant || this.distinct >= most.inAll) return undefined;
    const count = { day, locale, kind, query, searches: 0, withoutResults: 0 };
    ofTenant.set(key, count);
    this.tenants.set(tenantId, ofTenant);
    this.distinct += 1;
    return count;
  }
}
