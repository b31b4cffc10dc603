import { jobsFor } from "#kernel/events/dispatch";
import type { StoredEvent } from "#kernel/events/outbox";
import { assemble } from "#kernel/modules/registry";
import { modules } from "#modules";
import type { Onlooker } from "../onlooker.ts";

const { listeners } = assemble(modules);

/** What every listener was to do for the tenant's events and has not, or has done otherwise: empty once all is done. */
export async function missing({ query, ctx }: Onlooker): Promise<string[]> {
  const events = await query<StoredEvent & { tenantId: string }>(
    `select id, tenant_id as "tenantId", type, version, aggregate_id as "aggregateId",
            revision::float8 as revision, payload, occurred_at as "occurredAt"
     from sys_events where tenant_id = $1 order by id`,
    [ctx.tenant.id],
  );
  const asked = jobsFor(events, listeners).flatMap(({ job, data }) =>
    data.eventIds.map((id) => `${id} ${job.name}`),
  );
  const done = await query<{ step: string }>(
    "select event_id || ' ' || job as step from event_jobs where tenant_id = $1 and failure is null",
    [ctx.tenant.id],
  );
  const steps = new Set(done.map(({ step }) => step));
  return asked.filter((step) => !steps.has(step));
}
