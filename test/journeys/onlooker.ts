import pg from "pg";
import { type RequestContext, systemContext } from "#kernel/context";
import { openDatabase } from "#kernel/database/database";
import { assemble } from "#kernel/modules/registry";
import { createLog } from "#kernel/observability/log";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { modules } from "#modules";
import { verify } from "#modules/index";
import { searchOnMeilisearch, verifySearch } from "#modules/search";
import { openQueues } from "#processes/queues";
import { afterwards } from "#test/afterwards";
import type { RealMeilisearch } from "#test/meilisearch";

/** Looks at what the servers of a journey do, behind their backs. */
export interface Onlooker {
  /** Of the demo shop. */
  ctx: RequestContext;
  /** Runs a statement as the superuser. */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Resolves when nothing waits for relay, worker or search engine; throws with what still does. */
  rest(timeoutMs?: number): Promise<void>;
  /** Jobs that have failed for good, scheduled ones among them, each with its reason. */
  failed(): Promise<{ queue: string; id: string; reason: string; scheduled: boolean }[]>;
  /** Where source, read model and search engine, if there is one, differ. */
  differences(): Promise<unknown[]>;
}

/** `redisUrl` is where the servers keep their queues, if not in the database. */
export async function anOnlooker(
  url: string,
  meilisearch?: RealMeilisearch,
  redisUrl?: string,
): Promise<Onlooker> {
  const log = createLog("warn");
  const owner = new pg.Pool({ connectionString: url, max: 2 });
  owner.on("error", () => {});
  const { entities, jobs, schedules } = assemble(modules);
  const db = await openDatabase({ url, poolSize: 2, entities });
  const of = { databaseUrl: url, redisUrl, jobs: [...jobs, ...schedules] };
  const queues = openQueues({ ...of, onError: () => {} });
  afterwards(async () => {
    await queues.close();
    await db.close();
    await owner.end();
  });
  if (meilisearch) {
    const { url: host, apiKey, prefix } = meilisearch;
    await searchOnMeilisearch(db, { host, apiKey, indexPrefix: prefix }, log);
  }
  const tenant = await findTenant(db, { slug: "demo" });
  if (!tenant) throw new Error("There is no demo shop.");
  const ctx = systemContext(db, tenant, log);

  const query: Onlooker["query"] = async (text, values) => (await owner.query(text, values)).rows;
  return {
    ctx,
    query,
    rest: (timeoutMs = 240_000) =>
      until(async () => {
        const left = await query<{ what: string; n: number }>(unfinished);
        const onQueues = (await queues.backlog()).filter(({ waiting }) => waiting > 0);
        return left.length + onQueues.length === 0 || JSON.stringify([left, onQueues]);
      }, timeoutMs),
    async failed() {
      const dead = queues.all().map(async (queue) => {
        const ofQueue = await queue.getFailed();
        return ofQueue.map(({ id = "", failedReason: reason }) => {
          const scheduled = schedules.some(({ name }) => name === queue.name);
          return { queue: queue.name, id, reason, scheduled };
        });
      });
      return (await Promise.all(dead)).flat();
    },
    differences: async () => [
      ...(await Array.fromAsync(verify(ctx))),
      ...(meilisearch ? await Array.fromAsync(verifySearch(ctx)) : []),
    ],
  };
}

/** What waits besides jobs, and how much of it: events for the relay, documents for the engine. */
const unfinished = `
  select 'event' as what, null as state, count(*)::integer as n
  from sys_events where dispatched_at is null having count(*) > 0
  union all
  select 'document', case when sent_task is null then 'to be sent' else 'sent' end, count(*)::integer
  from search_documents where done_version is distinct from version or sent_task is not null
  group by sent_task is null
  union all
  select 'index ' || uid, 'not ready', 1 from search_indexes where not ready`;

export const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Throws when it has not come to hold in time; what it answers instead of true is said. */
export async function until(
  holds: () => boolean | string | Promise<boolean | string>,
  timeoutMs = 240_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const state = await holds();
    if (state === true) return;
    if (performance.now() > deadline) throw new Error(`It did not come to that in time: ${state}`);
    await rest(20);
  }
}
