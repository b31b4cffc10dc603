import type { Task } from "meilisearch";
import pg from "pg";
import type { Logger } from "pino";
import { Alarm } from "#kernel/alarm";
import { as, type Database } from "#kernel/database/database";
import { searchChannel } from "#modules/index";
import { type MeilisearchConnection, meilisearchOf } from "../meilisearch/connection.ts";
import { tasksUnderWay, waitingDocuments } from "./documents.ts";
import { applyAllSettings, lookAfterIndexes } from "./look-after-indexes.ts";
import { noteReady } from "./engine-state.ts";
import { Portions } from "./portions.ts";
import { send } from "./send.ts";
import { settle } from "./settle.ts";
import { Statistics } from "./statistics.ts";

/** How often to look whether the engine is still the one we know, and whether it lacks an index. */
const lookMs = 1_000;
/** The longest a lost notification can leave a document waiting. */
const pollMs = 1_000;
/** The wait after a fault, doubled each time up to the longest. */
const retryMs = { first: 250, longest: 5_000 };

export interface SearchSync {
  /** Finishes what it is doing; documents under way are taken up by whoever is next. */
  stop(): Promise<void>;
}

/**
 * Feeds the search engine from the read model: sends what it does not have, and counts a document as
 * there when the engine's task has succeeded. Of any number of these one works at a time, so that the
 * engine's order of tasks is the order of changes; the others wait to take over.
 */
export function startSearchSync(database: Database, log: Logger): SearchSync {
  const engine = engineOf(database);
  const { client, prefix } = engine;
  const alarm = new Alarm();
  const portions = new Portions();
  let stopping = false;
  let wait = retryMs.first;
  let wellBefore = true;

  async function run(): Promise<void> {
    while (!stopping) {
      const db = new pg.Client({
        connectionString: database.url,
        options: as("rustok_search"),
        application_name: "rustok search sync",
        keepAlive: true,
      });
      db.on("error", () => alarm.ring());
      db.on("notification", () => alarm.ring());
      try {
        await db.connect();
        while (!stopping && !(await mayLead(db))) await rest(pollMs);
        if (!stopping) await lead(db);
      } catch (error) {
        if (stopping) break;
        // Once for each time it goes away: the operator need not read the same every few seconds.
        if (wellBefore)
          log.warn({ err: error }, "the search engine is not fed; it will be tried again");
        wellBefore = false;
        await rest(wait);
        wait = Math.min(wait * 2, retryMs.longest);
      } finally {
        await db.end().catch(() => {});
      }
    }
  }

  /** Until it is asked to stop or something fails; the lock goes with the connection. */
  async function lead(db: pg.Client): Promise<void> {
    await db.query(`listen ${searchChannel}`);
    const statistics = new Statistics();
    const onDone = (tasks: Task[]) => {
      if (tasks.length > 0) well();
      portions.learn(tasks);
    };
    let indexes = await lookAfterIndexes(db, client, prefix);
    let under = await tasksUnderWay(db);
    let lookedAt = performance.now();
    await applyAllSettings(db, client);
    while (!stopping) {
      alarm.reset();
      const looks = performance.now() - lookedAt > lookMs;
      if (looks) {
        indexes = await lookAfterIndexes(db, client, prefix);
        under = await tasksUnderWay(db);
        lookedAt = performance.now();
      }
      under = await settle(db, client, under, { onDone });
      if ([...indexes.values()].some(({ ready }) => !ready)) await noteReady(db);
      const room = under.length < portions.mostUnderWay;
      const waiting = room ? portions.of(await waitingDocuments(db, portions.choice)) : [];
      if (waiting.length > 0) {
        const { tasks, homeless } = await send(db, engine, indexes, waiting);
        under.push(...tasks);
        await statistics.note(db, waiting.length);
        // A look may make the index; where it has not, the tenant may speak that language no more.
        if (homeless && !looks) lookedAt = -Infinity;
        else if (homeless && under.length === 0) await rest(pollMs);
        if (under.length < portions.mostUnderWay) continue;
      }
      if (under.length > 0) under = await settle(db, client, under, { patient: true, onDone });
      else if (waiting.length === 0 && !stopping) {
        well();
        await alarm.wait(pollMs);
      }
    }
  }

  /** The engine does what it is asked: a task has succeeded, or there is nothing to do. */
  function well(): void {
    if (!wellBefore) log.info("the search engine is fed again");
    wellBefore = true;
    wait = retryMs.first;
  }

  async function rest(ms: number): Promise<void> {
    alarm.reset();
    if (!stopping) await alarm.wait(ms);
  }

  const running = run();
  return {
    async stop() {
      stopping = true;
      alarm.ring();
      await running;
    },
  };
}

function engineOf(database: Database): MeilisearchConnection {
  const connection = meilisearchOf(database);
  if (!connection) throw new Error("There is no search engine to feed.");
  return connection;
}

/** Whether this is the one that works. The lock is the session's. */
async function mayLead(db: pg.Client): Promise<boolean> {
  const { rows } = await db.query<{ locked: boolean }>(
    "select pg_try_advisory_lock(hashtext('rustok search sync')) as locked",
  );
  return rows[0]?.locked ?? false;
}
