import type { Logger } from "pino";
import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { longestQuery, normalised } from "../query.ts";
import { type Count, QueryCounts } from "./query-counts.ts";

/** A search that somebody made; who it was is not known here. */
export interface MadeSearch {
  kind: "products" | "content" | "all";
  locale: string;
  query: string;
  /** Whether its words are why it found nothing. */
  withoutResults: boolean;
}

/** Counts what this process is asked for, and writes the counts every few seconds. */
export interface Recorder {
  /** Costs a microsecond, and never fails. */
  note(tenant: Pick<Tenant, "id">, made: MadeSearch): void;
  /** Writes what has been counted; never fails. What could not be written is kept for the next time. */
  flush(): Promise<void>;
  /** Writes for the last time: the database may go then. */
  close(): Promise<void>;
}

const flushMs = 3_000;

const recorders = new WeakMap<Database, Recorder>();

/** The recorder of this process for a database; another one once it was closed. */
export function recorderOf({ db, log }: { db: Database; log: Logger }): Recorder {
  const known = recorders.get(db);
  if (known) return known;
  const recorder = record(db, log);
  recorders.set(db, recorder);
  return recorder;
}

function record(db: Database, log: Logger): Recorder {
  let counts = new QueryCounts();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> | undefined;

  async function write(): Promise<void> {
    const taken = counts;
    counts = new QueryCounts();
    try {
      await send(db, taken.byTenant());
    } catch (error) {
      log.warn({ err: error }, "the counts of searches could not be written; they are kept");
      counts.add(taken);
      flushLater();
    }
  }

  function flushLater(): void {
    // A database that was closed under a recorder, as short programs do, takes no more counts.
    if (!db.pool.ending) timer ??= setTimeout(() => void flush(), flushMs).unref();
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    flushing = (flushing ?? Promise.resolve()).then(() => (counts.isEmpty ? undefined : write()));
    return flushing;
  }

  return {
    note({ id }, { kind, locale, withoutResults, ...made }) {
      const query = normalised(made.query);
      if (query === "" || query.length > longestQuery) return;
      const day = new Date().toISOString().slice(0, 10);
      counts.note(id, { day, locale, kind, query }, withoutResults);
      flushLater();
    },
    flush,
    async close() {
      await flush();
      clearTimeout(timer);
      recorders.delete(db);
    },
  };
}

/** One statement for all tenants, each counted for as itself. */
async function send(db: Database, counts: [tenantId: string, Count[]][]): Promise<void> {
  await db.pool.query({
    name: "count-searches",
    text: `
      select count_searches(tenant_id, counts)
      from jsonb_to_recordset($1) as given (tenant_id uuid, counts jsonb)`,
    values: [JSON.stringify(counts.map(([tenant_id, ofIt]) => ({ tenant_id, counts: ofIt })))],
  });
}
