import { buildGraphQLSchema } from "#kernel/graphql/schema";
import { rememberingTenants } from "#kernel/tenancy";
import { openQueues } from "#processes/queues";
import { startRelay } from "#processes/relay";
import type { Runtime } from "#processes/runtime";
import { startWeb } from "#processes/web";
import { startWorkers } from "#processes/worker";

export const roles = ["web", "worker", "relay"] as const;
export type Role = (typeof roles)[number];

export interface Running {
  /** Absent without the role `web`. */
  url: string | undefined;
  /** Stops taking work in, finishes what is under way, and lets the database go last. */
  stop(): Promise<void>;
}

/** Starts the roles on an open runtime: all of them in one process, or each in its own. */
export async function run(runtime: Runtime, wanted: readonly Role[]): Promise<Running> {
  const { config, registry, db, log, adapters } = runtime;
  const findTenant = rememberingTenants(db);
  const has = (role: Role) => wanted.includes(role);
  const stops: (() => Promise<void>)[] = [];
  let url: string | undefined;

  if (has("worker")) {
    const queues = openQueues({ ...queueOptions(runtime), workers: true });
    startWorkers({
      queues,
      jobs: registry.jobs,
      concurrency: config.worker.concurrency,
      db,
      findTenant,
      log,
    });
    stops.unshift(() => queues.close());
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
    const { secret, http } = config;
    const web = await startWeb(
      { registry, schema, db, findTenant, log, secret, graphiql: http.graphiql, adapters },
      http,
    );
    url = web.url;
    stops.unshift(() => web.stop());
  }
  return { url, stop: inOrder([...stops, () => runtime.close()]) };
}

const queueOptions = ({ db, registry, log }: Runtime) => ({
  url: db.url,
  jobs: registry.jobs,
  onError: (error: Error) => log.warn({ err: error }, "the queues' connection failed"),
});

/** Web before relay before worker before database: nothing loses what it still needs. */
function inOrder(stops: (() => Promise<void>)[]): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  return () => (stopped ??= stops.reduce((before, stop) => before.then(stop), Promise.resolve()));
}
