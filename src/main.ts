import { watchFreshness } from "#kernel/consistency/freshness";
import { buildGraphQLSchema } from "#kernel/graphql/schema";
import { jobsLieIn } from "#kernel/jobs/store";
import { openTenants, type Tenants } from "#kernel/tenancy/tenants";
import type { Watched } from "#http/server";
import { findActors } from "#modules/accounts";
import { recorderOf } from "#modules/search";
import { adminSide } from "#processes/admin";
import { connectionsOf } from "#processes/connections";
import { findLostJobs } from "#processes/lost-jobs";
import { mailFolder } from "#processes/mail";
import { startProbes } from "#processes/probes";
import { openQueues, type Queues } from "#processes/queues";
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
  /** Where health and metrics are. */
  watchedAt: string | undefined;
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
    return { ...(await start(runtime, wanted, stops)), stop };
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
): Promise<Omit<Running, "stop">> {
  const { config, registry, db, redis, log, tokens } = runtime;
  const connections = connectionsOf(wanted, config);
  const tenants = openTenants({ db, redis, log, connections });
  const { find: findTenant } = tenants;
  stops.unshift(() => tenants.stop());
  const has = (role: Role) => wanted.includes(role);

  const queues = openQueues({
    databaseUrl: db.url,
    redisUrl: config.redisUrl,
    poolSize: config.database.queuePoolSize,
    jobs: [...registry.jobs, ...registry.schedules],
    onError: (error) => log.warn({ err: error }, "the queues' connection failed"),
  });
  stops.unshift(() => queues.close());
  const watched = watchedOf(runtime, tenants, queues);

  if (has("worker")) {
    const { jobs, listeners, owners, schedules } = registry;
    const { concurrency } = config.worker;
    startWorkers({ queues, jobs, listeners, concurrency, db, findTenant, owners, log });
    await startSchedules({ queues, schedules, db, log });
    const sync = runtime.search.startSync();
    stops.unshift(() => sync.stop());
  }
  if (has("relay")) {
    const { listeners } = registry;
    const { enqueue, forgetful } = queues;
    const lostJobs = forgetful && findLostJobs({ queues, forgetful, listeners, log });
    const relay = startRelay({ url: db.url, listeners, enqueue, lostJobs, log });
    stops.unshift(() => relay.stop());
  }
  if (has("web")) {
    const schema = await buildGraphQLSchema(registry);
    const { secret, http, baseDomain } = config;
    jobsLieIn(db, () => queues.store);
    const findActor = findActors(db, log);
    const sides = { admin: adminSide(runtime, queues), mailFolder: mailFolder(config) };
    const who = { secret, tokens, findActor, baseDomain, ...sides, ...http };
    const web = await startWeb({ ...watched, schema, ...who }, http);
    stops.unshift(async () => {
      await web.stop();
      await recorderOf(runtime).close();
    });
    return { url: web.url, watchedAt: web.url };
  }
  if (config.metricsPort === undefined) return { url: undefined, watchedAt: undefined };
  const at = { host: config.http.host, port: config.metricsPort };
  const probes = await startProbes(watched, at);
  stops.unshift(() => probes.stop());
  return { url: undefined, watchedAt: probes.url };
}

/** What tells how this process is, and how far behind the whole installation. */
function watchedOf(runtime: Runtime, tenants: Tenants, queues: Queues): Watched {
  const { config, registry, db, redis, log, adapters, search } = runtime;
  return {
    registry,
    db,
    tenants,
    ...(redis && { redis }),
    log,
    adapters,
    production: config.production,
    metricsToken: config.metricsToken,
    dependencies: {
      queues: () => queues.ping(),
      ...(search.ping && { search: search.ping }),
    },
    unfit: () => queues.unfit(),
    freshness: watchFreshness({
      db,
      jobs: registry.jobs,
      backlog: () => queues.backlog(),
      findTenant: tenants.find,
      searchEngine: config.meilisearch !== undefined,
    }),
    freshnessObjectiveMs: config.freshnessObjectiveMs,
  };
}

/** Web before relay before worker before database: nothing loses what it still needs. One that fails keeps none from stopping. */
async function inTurn(stops: (() => Promise<void>)[]): Promise<void> {
  const faults: unknown[] = [];
  for (const stop of stops) await stop().catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw new AggregateError(faults, "The stop was not clean.");
}
