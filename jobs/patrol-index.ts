import { systemContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import type { ScheduledJob } from "#kernel/jobs/job";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { patrol } from "#modules/search";

/** How long one turn may go on, in milliseconds: a few per cent of a processor. */
const turnMs = 250;

/** Looks for drift and repairs it, a page at a time, always where nobody has looked for longest. */
export const patrolIndex: ScheduledJob = {
  name: "patrol-index",
  everyMs: 5_000,
  async run({ db, log }) {
    const end = performance.now() + turnMs;
    const seen = new Set<string>();
    while (performance.now() < end) {
      const next = await nextToLookAt(db);
      const key = `${next?.tenantId} ${next?.kind}`;
      if (!next || seen.has(key)) return;
      seen.add(key);
      const tenant = await findTenant(db, { id: next.tenantId });
      if (!tenant) continue;
      const { found } = await patrol(systemContext(db, tenant, log), next.kind);
      if (found > 0)
        log.warn({ tenant: tenant.slug, kind: next.kind, found }, "drift was repaired");
    }
  },
};

async function nextToLookAt({ pool }: Database) {
  const { rows } = await pool.query<{ tenantId: string; kind: "product" | "node" | "category" }>(
    `select tenant_id as "tenantId", kind from next_patrol()`,
  );
  return rows[0];
}
