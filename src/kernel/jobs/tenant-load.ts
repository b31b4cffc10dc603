/** What of a tenant's work goes first, with everybody else's: this much at once, and so much each second. */
const burst = 100;
const perSecond = 100;

/**
 * How busy each tenant keeps the workers: a bucket that its work fills and that leaks. Work of a
 * tenant whose bucket is not full comes first; from there on, the fuller the bucket the later.
 * Kept in memory: a relay that starts anew takes everybody for quiet, for a burst's length.
 */
export class TenantLoad {
  private readonly buckets = new Map<string, { level: number; at: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Adds so much work of the tenant and answers its priority: 0 goes first, and each doubling of the load counts one. */
  add(tenantId: string, work: number): number {
    const now = this.now();
    const known = this.buckets.get(tenantId);
    const before = known ? this.leaked(known, now) : 0;
    const level = before + work;
    this.buckets.set(tenantId, { level, at: now });
    this.forgetEmpty(now);
    return level <= burst ? 0 : 1 + Math.floor(Math.log2(level / burst));
  }

  private leaked({ level, at }: { level: number; at: number }, now: number): number {
    return Math.max(0, level - ((now - at) / 1000) * perSecond);
  }

  /** A tenant that has long been quiet is like one never heard of. */
  private forgetEmpty(now: number): void {
    if (this.buckets.size < mostBuckets) return;
    for (const [tenantId, bucket] of this.buckets) {
      if (this.leaked(bucket, now) === 0) this.buckets.delete(tenantId);
    }
  }
}

const mostBuckets = 10_000;
