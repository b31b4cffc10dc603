import type { ClientBase } from "pg";
import type { Database } from "#kernel/database/database";

/** One attempt of a job at what some events asked for, just ended. */
export interface Step {
  tenantId: string;
  job: string;
  eventIds: string[];
  /** How long it took. */
  tookMs: number;
  /** Which attempt it was, from 1. */
  attempt: number;
  /** Why it failed, if it did. */
  failure?: string;
}

/**
 * Puts the end of an attempt on record for each of its events, in one statement, which also says whose
 * it is. It does not wait for the disk: what a power cut takes with it is done once more anyway.
 * A success stands: whatever is done again after it changes nothing.
 */
export async function recordStep({ pool }: Pick<Database, "pool">, step: Step): Promise<void> {
  if (step.eventIds.length === 0) return;
  await pool.query({
    name: "record-step",
    text: `
      with said as materialized (
        select set_config('rustok.tenant', $1::uuid::text, true), set_config('synchronous_commit', 'off', true)
      )
      insert into event_jobs as known (event_id, tenant_id, job, started_at, finished_at, attempts, failure)
      select event_id, $1::uuid, $3, now() - $4 * interval '1 ms', now(), $5, $6
      from said, unnest($2::uuid[]) as event_id
      order by event_id
      on conflict (event_id, job) do update
      set started_at = excluded.started_at, finished_at = excluded.finished_at,
          attempts = excluded.attempts, failure = excluded.failure
      where known.failure is not null`,
    values: [
      step.tenantId,
      step.eventIds,
      step.job,
      step.tookMs,
      step.attempt,
      step.failure?.slice(0, longestFailure) ?? null,
    ],
  });
}

const longestFailure = 2_000;

/** Which jobs have done their part for which of these events: `<event id> <job>` each. */
export async function doneSteps(relay: ClientBase, eventIds: string[]): Promise<Set<string>> {
  const { rows } = await relay.query<{ step: string }>(
    `select event_id || ' ' || job as step from event_jobs
     where event_id = any ($1::uuid[]) and failure is null`,
    [eventIds],
  );
  return new Set(rows.map(({ step }) => step));
}

/** How many of each one statement removes: a second's work at most. */
const batchSize = 10_000;

/**
 * Forgets what became of events more than a week ago, and events handed over more than a month ago;
 * not an event with a job that has failed and was not mended. Answers how many it forgot.
 */
export async function forgetOldSteps({
  pool,
}: Pick<Database, "pool">): Promise<{ steps: number; events: number }> {
  const forgotten = { steps: 0, events: 0 };
  for (;;) {
    const { rows } = await pool.query<{ steps: number; events: number }>(
      "select steps::float8 as steps, events::float8 as events from forget_old_steps($1)",
      [batchSize],
    );
    const [{ steps, events } = forgotten] = rows;
    forgotten.steps += steps;
    forgotten.events += events;
    if (steps < batchSize && events < batchSize) return forgotten;
  }
}
