import { type QueueBacklog, watchFreshness } from "#kernel/consistency/freshness";
import type { RequestContext, Tenant } from "#kernel/context";
import { jobsLieIn } from "#kernel/jobs/store";
import { openTenants, type Tenants } from "#kernel/tenancy/tenants";
import type { Server } from "#http/server";
import { findActors } from "#modules/accounts";
import { adminSide } from "#processes/admin";
import { openQueues, type Queues } from "#processes/queues";
import { startWeb, type Web } from "#processes/web";
import { afterwards } from "./afterwards.ts";
import { type Check, describedBy } from "./described.ts";
import { installation, log, registry, secret, theSchema } from "./installation.ts";
import { signedIn } from "./signed-in.ts";

export interface GraphQLAnswer<Data> {
  data: Data;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** A client of a real server on this file's installation. */
export interface Client {
  url: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends an operation as the tenant's visitor, or with a token as one of its people. */
  graphql<Data = Record<string, never>>(
    tenant: Tenant,
    query: string,
    variables?: Record<string, unknown>,
    token?: string,
  ): Promise<GraphQLAnswer<Data>>;
  /** What a sign-in of the context's user would give; who is not on record is put there. */
  tokenFor(ctx: RequestContext): Promise<string>;
}

let opened: Promise<Tenants> | undefined;

/** What every server of this file knows of tenants. */
export const theTenants = (): Promise<Tenants> =>
  (opened ??= installation().then(({ db }) => {
    const tenants = openTenants({ db, log });
    afterwards(() => tenants.stop());
    return tenants;
  }));

let queues: Queues | undefined;

/** The queues that every server of this file shows; opened for who asks. */
function theQueues(url: string): Queues {
  if (queues) return queues;
  const jobs = [...registry.jobs, ...registry.schedules];
  const opened = openQueues({ databaseUrl: url, jobs, onError: () => {} });
  afterwards(() => opened.close());
  return (queues = opened);
}

/** Every answer that a test gets from a server of ours is held against what OpenAPI says of it. */
const unchecked = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const answer = await unchecked(input, init);
  const { url, method } = input instanceof Request ? input : { url: String(input), method: "GET" };
  await checks.get(new URL(url).origin)?.(init?.method ?? method, url, answer);
  return answer;
};

/** By the servers of this file. */
const checks = new Map<string, Check>();
let ofAllModules: Check | undefined;

/** A server of the file's own, gone when the file is done. */
export async function serve(overrides?: Parameters<typeof facts>[0]): Promise<Web> {
  const web = await startWeb(await facts(overrides), { host: "127.0.0.1", port: 0 });
  const modules = overrides?.registry;
  checks.set(web.url, modules ? describedBy(modules) : (ofAllModules ??= describedBy(registry)));
  afterwards(() => web.stop());
  return web;
}

let started: Promise<Client> | undefined;

export function server(): Promise<Client> {
  return (started ??= start());
}

/** What a server on this file's installation works with; nothing lies on its queues. */
export async function facts({
  backlog = async () => [],
  ...overrides
}: Partial<Server> & { backlog?: () => Promise<QueueBacklog[]> } = {}): Promise<Server> {
  const { db, tokens } = await installation();
  const tenants = await theTenants();
  jobsLieIn(db, () => theQueues(db.url).store);
  return {
    admin: adminSide({ db, log, registry }, { all: () => theQueues(db.url).all() }),
    registry,
    schema: await theSchema(),
    db,
    tenants,
    baseDomain: undefined,
    findActor: findActors(db, log),
    tokens,
    log,
    secret,
    graphiql: true,
    introspection: true,
    trustedProxies: [],
    corsOrigins: [],
    requestsPerMinute: { address: 0, tenant: 0 },
    dependencies: {},
    production: false,
    metricsToken: undefined,
    freshnessObjectiveMs: 5_000,
    freshness: watchFreshness({
      db,
      jobs: registry.jobs,
      backlog,
      findTenant: tenants.find,
      searchEngine: true,
    }),
    adapters: {},
    ...overrides,
  };
}

async function start(): Promise<Client> {
  const web = await serve();
  const request = (path: string, init?: RequestInit) => fetch(web.url + path, init);
  return {
    url: web.url,
    fetch: request,
    async graphql(tenant, query, variables, token) {
      const response = await request("/api/graphql", {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-tenant-id": tenant.id,
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as never;
    },
    tokenFor: signedIn,
  };
}
