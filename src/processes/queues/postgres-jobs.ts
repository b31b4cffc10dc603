import type pg from "pg";
import type { JobState, StoredJob, WantedJobs } from "#kernel/jobs/store";
import type { JobList } from "./backend.ts";
import { idOf, numberOf, queueNameOf } from "./job-store.ts";

/**
 * Finds a tenant's jobs by the index that `migrate` puts on BullMQ's table: a page costs what it shows,
 * however many jobs others have.
 */
export function postgresJobs(queues: pg.Pool): JobList {
  async function found(where: string, values: unknown[], limit: number): Promise<StoredJob[]> {
    const { rows } = await queues.query<Row>(
      `select queue, id, state, data ->> 'tenantId' as "tenantId", data -> 'eventIds' as "eventIds",
              attempts_made as attempts, max_attempts as "maxAttempts", failed_reason as reason,
              added_at_ms::float8 as added, processed_at_ms::float8 as started,
              finished_at_ms::float8 as finished, process_at_ms::float8 as due
       from job where ${where} order by added_at_ms desc, queue desc, id desc limit ${limit}`,
      values,
    );
    return rows.map(storedJob);
  }

  return {
    list(tenantId, wanted, { first, after }) {
      const values = valuesOf(tenantId, wanted);
      if (!after) return found(wantedSql, values, first);
      const from = [after.addedAt.getTime(), queueNameOf(after.id), numberOf(after.id)];
      return found(
        `${wantedSql} and (added_at_ms, queue, id) < ($7, $8, $9)`,
        [...values, ...from],
        first,
      );
    },
    async count(tenantId, wanted) {
      const { rows } = await queues.query<{ jobs: number }>(
        `select count(*)::integer as jobs from job where ${wantedSql}`,
        valuesOf(tenantId, wanted),
      );
      return rows[0]?.jobs ?? 0;
    },
    async find(tenantId, id) {
      const where = "data ->> 'tenantId' = $1 and queue = $2 and id = $3";
      const [job] = await found(where, [tenantId, queueNameOf(id), numberOf(id)], 1);
      return job ?? null;
    },
  };
}

const wantedSql = `data ->> 'tenantId' = $1 and queue = any ($2) and state::text = any ($3)
  and ($4::text[] is null or data -> 'eventIds' ?| $4)
  and added_at_ms >= coalesce($5::float8, added_at_ms) and added_at_ms <= coalesce($6::float8, added_at_ms)`;

const valuesOf = (tenantId: string, { names, states, eventIds, ...added }: WantedJobs) => [
  tenantId,
  names,
  states,
  eventIds ?? null,
  added.addedFrom?.getTime() ?? null,
  added.addedTo?.getTime() ?? null,
];

interface Row {
  queue: string;
  id: string;
  state: JobState;
  tenantId: string;
  eventIds: string[];
  attempts: number;
  maxAttempts: number;
  reason: string | null;
  /** These are in milliseconds since 1970. */
  added: number;
  started: number | null;
  finished: number | null;
  due: number | null;
}

function storedJob({ queue, id, added, started, finished, due, ...row }: Row): StoredJob {
  return {
    ...row,
    id: idOf(queue, id),
    name: queue,
    addedAt: new Date(added),
    dueAt: row.state === "delayed" ? dateOf(due) : null,
    startedAt: dateOf(started),
    finishedAt: dateOf(finished),
  };
}

const dateOf = (ms: number | null) => (ms === null ? null : new Date(ms));
