import { watchFreshness } from "#kernel/freshness";
import { buildGraphQLSchema } from "#kernel/graphql/schema";
import { jobsLieIn } from "#kernel/job-store";
import { openTenants, type Tenants } from "#kernel/tenancy/tenants";
import type { Watched } from "#http/server";
import { findActors } from "#modules/accounts";
import { recorderOf } from "#modules/search";
import { adminSide } from "#processes/admin";
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
  const tenants = openTenants({ db, redis, log });
  const { find: findTenant } = tenants;
  stops.unshift(() => tenants.stop());
  const has = (role: Role) => wanted.includes(role);
  let watched: Watched | undefined;

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
    watched = watchedOf(runtime, tenants, queues);
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
    watched = watchedOf(runtime, tenants, queues);
  }
  if (has("web")) {
    const schema = await buildGraphQLSchema(registry);
    const { secret, http, baseDomain } = config;
    const queues = openQueues({ ...queueOptions(runtime), workers: false });
    stops.unshift(() => queues.close());
    jobsLieIn(db, () => queues.store);
    const findActor = findActors(db, log);
    const sides = { admin: adminSide(runtime, queues), mailFolder: mailFolder(config) };
    const who = { secret, tokens, findActor, baseDomain, ...sides, ...http };
    const web = await startWeb({ ...watchedOf(runtime, tenants, queues), schema, ...who }, http);
    stops.unshift(async () => {
      await web.stop();
      await recorderOf(runtime).close();
    });
    return { url: web.url, watchedAt: web.url };
  }
  if (!watched || config.metricsPort === undefined) return { url: undefined, watchedAt: undefined };
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
