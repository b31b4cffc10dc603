import { pino } from "pino";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import {
  type SearchDifference,
  searchOnMeilisearch,
  type SearchSync,
  startSearchSync,
  verifySearch,
} from "#modules/search";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";
import { type MeilisearchOptions, type RealMeilisearch, startMeilisearch } from "#test/meilisearch";

/** A Meilisearch that is fed from this file's installation. */
export interface FedEngine {
  meilisearch: RealMeilisearch;
  stopSync(): Promise<void>;
  /** As if the process that feeds it had been started again. */
  restartSync(): Promise<void>;
  /** Has another one feed beside it, which is to take over when the first goes away. */
  secondSync(): Promise<void>;
  /** What feeding has logged, a line each. */
  complaints(): string[];
  /** Resolves when the engine has everything, as it is now. */
  caughtUp(timeoutMs?: number): Promise<void>;
}

let fed: Promise<FedEngine> | undefined;

export function aFedEngine(options: Omit<MeilisearchOptions, "prefix"> = {}): Promise<FedEngine> {
  return (fed ??= feed(options));
}

async function feed(options: MeilisearchOptions): Promise<FedEngine> {
  const { db } = await installation();
  const prefix = `t${newId().slice(-12)}`;
  const meilisearch = await startMeilisearch({ ...options, prefix });
  const said: string[] = [];
  const log = pino({ level: "warn" }, { write: (line) => said.push(line) });
  const { url: host, apiKey } = meilisearch;
  await searchOnMeilisearch(db, { host, apiKey, indexPrefix: prefix }, log);
  let sync: SearchSync = startSearchSync(db, log);
  afterwards(() => sync.stop());
  return {
    meilisearch,
    stopSync: () => sync.stop(),
    async restartSync() {
      await sync.stop();
      sync = startSearchSync(db, log);
    },
    async secondSync() {
      const second = startSearchSync(db, log);
      afterwards(() => second.stop());
      await until(async () => (await syncs()).length === 2);
    },
    complaints: () => said,
    caughtUp,
  };
}

/** Resolves when every index is ready and nothing waits for the engine. */
export async function caughtUp(timeoutMs = 20_000): Promise<void> {
  const { owner } = await installation();
  await until(async () => {
    const { rows } = await owner.query<{ waiting: number; indexes: number }>(
      `select (select count(*)::int from search_documents where done_version is distinct from version)
            + (select count(*)::int from search_indexes where not ready) as waiting,
              (select count(*)::int from search_indexes) as indexes`,
    );
    return rows[0]?.waiting === 0 && rows[0].indexes > 0;
  }, timeoutMs);
}

export async function until(
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error("It did not come to that in time.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The connections of those who feed, or would if the one who does went away. */
export async function syncs(): Promise<number[]> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ pid: number }>(
    `select pid from pg_stat_activity
     where application_name = 'rustok search sync' and datname = current_database() order by pid`,
  );
  return rows.map(({ pid }) => pid);
}

/** Where the engine is not what the read model says: nowhere, if all is well. */
export function drift(ctx: RequestContext): Promise<SearchDifference[]> {
  return Array.fromAsync(verifySearch(ctx));
}
