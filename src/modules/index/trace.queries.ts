import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { readModels, type ReadModel } from "./read-model.ts";

/** One change's way: when it was made, and what became of it since. */
export interface Trace {
  id: string;
  type: string;
  aggregateId: string;
  revision: number;
  occurredAt: Date;
  /** Null for work of the system's own. */
  actorId: string | null;
  requestId: string | null;
  /** When its jobs were on their queues; null while the relay has not come to it. */
  handedOverAt: Date | null;
  jobs: TracedJob[];
  rows: TracedRow[];
  documents: TracedDocument[];
}

/** What a job has done for the event: its latest attempt. */
export interface TracedJob {
  job: string;
  startedAt: Date;
  finishedAt: Date;
  attempts: number;
  /** Null when it is done. */
  failure: string | null;
}

/** What the read model has of what was changed, as it is by now. */
export interface TracedRow {
  kind: ReadModel["kind"];
  locale: string;
  generation: number;
  /** Whether it is the one that is read. */
  live: boolean;
  revision: number;
  /** Whether it was made from a state that had the change. */
  showsChange: boolean;
  /** False for a draft, and for what was deleted. */
  visible: boolean;
  indexedAt: Date;
}

/** What the search engine has of it. */
export interface TracedDocument {
  kind: "product" | "node";
  locale: string;
  generation: number;
  live: boolean;
  /** When it fell behind, if it is or the last time it was. */
  since: Date;
  sentAt: Date | null;
  /** The engine's task that carries it, or carried it last. */
  task: number | null;
  /** When the engine had it; null while it does not have it as it is. */
  doneAt: Date | null;
  /** Why the engine cannot have it as it is. */
  problem: string | null;
}

/**
 * Follows an event, or the latest change of what has the id. Null when the tenant has neither, or it
 * has been forgotten.
 */
export function trace(ctx: RequestContext, id: string): Promise<Trace | null> {
  return inTransaction(ctx, async (tx) => {
    const [event] = await tx.sql<Stored<Omit<Trace, "jobs" | "rows" | "documents">>>(
      `select id, type, aggregate_id as "aggregateId", revision::float8 as revision,
              occurred_at as "occurredAt", actor_id as "actorId", request_id as "requestId",
              dispatched_at as "handedOverAt"
       from sys_events where id = $1 or aggregate_id = $1 order by id desc limit 1`,
      [id],
    );
    if (!event) return null;
    return {
      ...event,
      occurredAt: new Date(event.occurredAt),
      handedOverAt: dateOf(event.handedOverAt),
      jobs: await jobsOf(tx, event.id),
      rows: await rowsOf(tx, event),
      documents: await documentsOf(tx, event.aggregateId),
    };
  });
}

/** As it comes from the database, moments as text. */
type Stored<Row> = {
  [Column in keyof Row]: Row[Column] extends Date
    ? string
    : Row[Column] extends Date | null
      ? string | null
      : Row[Column];
};

const dateOf = (text: string | null) => (text === null ? null : new Date(text));

async function jobsOf(tx: Transaction, eventId: string): Promise<TracedJob[]> {
  const rows = await tx.sql<Stored<TracedJob>>(
    `select job, started_at as "startedAt", finished_at as "finishedAt", attempts, failure
     from event_jobs where event_id = $1 order by finished_at, job`,
    [eventId],
  );
  return rows.map((row) => ({
    ...row,
    startedAt: new Date(row.startedAt),
    finishedAt: new Date(row.finishedAt),
  }));
}

async function rowsOf(
  tx: Transaction,
  { aggregateId, revision }: Pick<Trace, "aggregateId" | "revision">,
): Promise<TracedRow[]> {
  const ofKind = readModels.map(
    ({ kind, table, id }) => `
      select '${kind}' as kind, r.locale, r.generation, g.state = 'live' as live,
             r.revision::float8 as revision, r.revision >= $2 as "showsChange",
             r.visible, r.indexed_at as "indexedAt"
      from ${table} r
      join index_generations g
        on g.tenant_id = r.tenant_id and g.kind = '${kind}' and g.generation = r.generation
      where r.${id} = $1`,
  );
  const rows = await tx.sql<Stored<TracedRow>>(
    `${ofKind.join(" union all ")} order by generation, locale`,
    [aggregateId, revision],
  );
  return rows.map((row) => ({ ...row, indexedAt: new Date(row.indexedAt) }));
}

async function documentsOf(tx: Transaction, aggregateId: string): Promise<TracedDocument[]> {
  const rows = await tx.sql<Stored<TracedDocument>>(
    `select d.kind, d.locale, d.generation, g.state = 'live' as live, d.since, d.sent_at as "sentAt",
            coalesce(d.sent_task, d.done_task)::float8 as task,
            case when d.done_version = d.version then d.done_at end as "doneAt",
            case when d.refused_version = d.version then d.problem end as problem
     from search_documents d
     join index_generations g using (tenant_id, kind, generation)
     where d.entity_id = $1
     order by d.generation, d.locale`,
    [aggregateId],
  );
  return rows.map((row) => ({
    ...row,
    since: new Date(row.since),
    sentAt: dateOf(row.sentAt),
    doneAt: dateOf(row.doneAt),
  }));
}
