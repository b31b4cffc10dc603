import type pg from "pg";
import type { QueueBacklog } from "#kernel/consistency/freshness";
import { timeOf } from "#kernel/ids";

/** What lies on these queues. A job that waits for its next try counts as waiting, a dead letter does not. */
export async function backlogOf(queues: pg.Pool, names: string[]): Promise<QueueBacklog[]> {
  // Parted by state, so that what is completed, by far the most, is not read.
  const { rows } = await queues.query<Row>(
    `select queue, tenant_id, sum(waiting)::integer as waiting, sum(failed)::integer as failed,
            min(event_id) as event_id
     from (
       select queue, data ->> 'tenantId' as tenant_id, 1 as waiting, 0 as failed,
              data #>> '{eventIds,0}' as event_id
       from job where state = 'waiting' and queue = any ($1)
       union all
       select queue, data ->> 'tenantId', 1, 0, data #>> '{eventIds,0}'
       from job where state = 'active' and queue = any ($1)
       union all
       select queue, data ->> 'tenantId', 1, 0, data #>> '{eventIds,0}'
       from job where state = 'delayed' and queue = any ($1)
       union all
       select queue, data ->> 'tenantId', 0, 1, null from job where state = 'failed' and queue = any ($1)
     ) jobs
     group by queue, tenant_id`,
    [names],
  );
  const byQueue = Map.groupBy(rows, ({ queue }) => queue);
  return names.map((queue) => {
    const ofQueue = byQueue.get(queue) ?? [];
    return {
      queue,
      waiting: ofQueue.reduce((sum, { waiting }) => sum + waiting, 0),
      failed: ofQueue.reduce((sum, { failed }) => sum + failed, 0),
      oldest: ofQueue.flatMap(({ tenant_id, event_id }) =>
        event_id ? [{ tenantId: tenant_id, at: timeOf(event_id) }] : [],
      ),
    };
  });
}

interface Row {
  queue: string;
  tenant_id: string;
  waiting: number;
  failed: number;
  /** The least, and so the first. */
  event_id: string | null;
}
