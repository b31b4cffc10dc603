import { watchFreshness } from "#kernel/freshness";
import { buildGraphQLSchema } from "#kernel/graphql/schema";
import { jobsLieIn } from "#kernel/job-store";
import { openTenants } from "#kernel/tenancy/tenants";
import { findActors } from "#modules/accounts";
import { recorderOf } from "#modules/search";
import { adminSide } from "#processes/admin";
import { openQueues } from "#processes/queues";
import { mailFolder } from "#processes/mail";
import { onlyOnce } from "#processes/held-file";
import { startRelay } from "#processes/relay";
import type { Runtime } from "#processes/runtime";
import { startWeb } from "#processes/web";
import { startSchedules, startWorkers } from "#processes/worker";

export const roles = ["web", "worker", "relay"] as const;
export type Role = (typeof roles)[number];

export interface Running {
  /** Absent without the role `web`. */
  url: string | undefined;
  /** Stops taking work in, finishes what is under way, and lets the database go last. */
  stop(): Promise<void>;
}

/**
 * Starts the roles on an open runtime: all of them in one process, or each in its own. The runtime is
 * closed with them, also when one of them cannot start.
 */
export async function run(runtime: Runtime, wanted: readonly Role[]): Promise<Running> {
  const stops = [() => runtime.close()];
  const stop = onlyOnce(() => inTurn(stops));
  try {
    return { url: await start(runtime, wanted, stops), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Puts the stop of each role before those of the roles it hands its work to. */
async function start(
  runtime: Runtime,
  wanted: readonly Role[],
  stops: (() => Promise<void>)[],
): Promise<string | undefined> {
  const { config, registry, db, redis, log, adapters, tokens } = runtime;
  const tenants = openTenants({ db, redis, log });
  const { find: findTenant } = tenants;
  stops.unshift(() => tenants.stop());
  const has = (role: Role) => wanted.includes(role);

  if (has("worker")) {
    const queues = openQueues({ ...queueOptions(runtime), workers: true });
    startWorkers({
      queues,
      jobs: registry.jobs,
      concurrency: config.worker.concurrency,
      db,
      findTenant,
      owners: registry.owners,
      log,
    });
    await startSchedules({ queues, schedules: registry.schedules, db, log });
    const sync = runtime.search.startSync();
    stops.unshift(async () => {
      await sync.stop();
      await queues.close();
    });
  }
  if (has("relay")) {
    const queues = openQueues({ ...queueOptions(runtime), workers: false });
    const relay = startRelay({
      url: db.url,
      listeners: registry.listeners,
      enqueue: queues.enqueue,
      log,
    });
    stops.unshift(async () => {
      await relay.stop();
      await queues.close();
    });
  }
  if (has("web")) {
    const schema = await buildGraphQLSchema(registry);
    const { secret, http, production, metricsToken, freshnessObjectiveMs } = config;
    const queues = openQueues({ ...queueOptions(runtime), workers: false });
    stops.unshift(() => queues.close());
    jobsLieIn(db, () => queues.store);
    const freshness = watchFreshness({
      db,
      jobs: registry.jobs,
      backlog: () => queues.backlog(),
      findTenant,
      searchEngine: config.meilisearch !== undefined,
    });
    const findActor = findActors(db, log);
    const { ping } = runtime.search;
    const { baseDomain } = config;
    const who = { secret, tokens, findActor, production, metricsToken, baseDomain, ...http };
    const dependencies = {
      queues: () => queues.ping(),
      ...(ping && { search: ping }),
    };
    const web = await startWeb(
      {
        registry,
        schema,
        db,
        admin: adminSide(runtime, queues),
        tenants,
        ...(redis && { redis }),
        log,
        adapters,
        dependencies,
        freshness,
        freshnessObjectiveMs,
        mailFolder: mailFolder(config),
        ...who,
      },
      http,
    );
    stops.unshift(async () => {
      await web.stop();
      await recorderOf(runtime).close();
    });
    return web.url;
  }
  return undefined;
}

const queueOptions = ({ config, db, registry, log }: Runtime) => ({
  databaseUrl: db.url,
  redisUrl: config.redisUrl,
  jobs: [...registry.jobs, ...registry.schedules],
  onError: (error: Error) => log.warn({ err: error }, "the queues' connection failed"),
});

/** Web before relay before worker before database: nothing loses what it still needs. One that fails keeps none from stopping. */
async function inTurn(stops: (() => Promise<void>)[]): Promise<void> {
  const faults: unknown[] = [];
  for (const stop of stops) await stop().catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw new AggregateError(faults, "The stop was not clean.");
}
