import { systemContext } from "#kernel/context";
import { findTenant } from "#kernel/tenancy";
import type { ScheduledJob } from "#kernel/jobs";
import { patrol } from "#modules/search";

/** Looks for drift and repairs it, a page at a time, always where nobody has looked for longest. */
export const patrolIndex: ScheduledJob = {
  name: "patrol-index",
  everyMs: 5_000,
  async run({ db, log }) {
    const { rows } = await db.pool.query<{
      tenant_id: string;
      kind: "product" | "node" | "category";
    }>("select tenant_id, kind from next_patrol()");
    const [next] = rows;
    const tenant = next && (await findTenant(db, { id: next.tenant_id }));
    if (!tenant) return;
    const { found } = await patrol(systemContext(db, tenant, log), next.kind);
    if (found > 0) log.warn({ tenant: tenant.slug, kind: next.kind, found }, "drift was repaired");
  },
};
