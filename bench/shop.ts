import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { graphql, type Ask } from "./graphql.ts";
import type { BenchMeilisearch } from "./meilisearch.ts";
import { signIn, startServer, type BenchServer } from "./server.ts";

/** An installation of RusTok with the demo shop and a catalogue, as its users have it: from the build. */
export interface Shop {
  /** How many products the catalogue has; the demo shop's come on top. */
  products: number;
  tenantId: string;
  /** As whoever owns the tables. */
  owner: pg.Pool;
  databaseUrl: string;
  /** What the names of its indexes begin with. */
  indexPrefix: string;
  /** The one that runs now. */
  server: BenchServer;
  /** As an administrator, for as long as it takes. */
  asAdministrator(): Promise<Ask>;
  /** What an administrator sends who has just signed in. */
  administratorToken(): Promise<string>;
  /** Runs `rustok <words>` beside the server; resolves with how long it took, in milliseconds. Throws when it fails. */
  command(...words: string[]): Promise<number>;
  /** Begins the same; `stop` ends it, done or not. */
  begin(...words: string[]): { ended: Promise<unknown>; stop(): Promise<void> };
  /** One role on the same database, in a process of its own. */
  process(role: "worker" | "relay", more?: Record<string, string>): Promise<BenchServer>;
  /** The server anew, with Meilisearch or without. */
  restart(meilisearch?: BenchMeilisearch): Promise<void>;
  /** Ends the server; the database stays. */
  stop(): Promise<void>;
  /** Ends all of it and removes its files. */
  end(): Promise<void>;
}

export async function openShop(products: number, port: number): Promise<Shop> {
  const home = await mkdtemp(join(tmpdir(), "rustok-bench-"));
  await chmod(home, 0o711);
  const indexPrefix = `bench-${products}`;
  let environment = environmentFor(home, indexPrefix);
  let server: BenchServer | undefined = await startServer(port, environment);
  const { password = "" } = server;
  const embedded = await startEmbeddedPostgres({ directory: home });
  const owner = new pg.Pool({ connectionString: embedded.url, max: 4 });
  // A connection that drops is replaced at the next query; unheard, its error would end the bench.
  owner.on("error", () => {});
  const { rows } = await owner.query<{ id: string }>("select id from tenants where slug = 'demo'");
  const stop = async () => {
    await server?.stop();
    server = undefined;
  };
  const run = (words: string[]) =>
    promisify(execFile)(process.execPath, ["dist/src/cli.js", ...words], {
      env: { ...process.env, ...environment },
      maxBuffer: 100_000_000,
    });
  const runningServer = () => {
    if (!server) throw new Error("The server does not run.");
    return server;
  };
  return {
    products,
    tenantId: rows[0]?.id ?? "",
    owner,
    databaseUrl: embedded.url,
    indexPrefix,
    get server() {
      return runningServer();
    },
    async asAdministrator() {
      const { url } = runningServer();
      return signedIn(async () => graphql(url, await signIn(url, password)));
    },
    administratorToken: () => signIn(runningServer().url, password),
    async command(...words) {
      const began = performance.now();
      await run(words);
      return performance.now() - began;
    },
    begin(...words) {
      const ended = run(words);
      return {
        ended,
        async stop() {
          ended.child.kill();
          await ended.catch(() => {});
        },
      };
    },
    process: (role, more = {}) =>
      startServer(port, { ...environment, DATABASE_URL: embedded.url, ...more }, role),
    async restart(meilisearch) {
      await stop();
      environment = environmentFor(home, indexPrefix, meilisearch);
      server = await startServer(port, environment);
    },
    stop,
    async end() {
      await stop();
      await owner.end();
      await embedded.stop();
      await rm(home, { recursive: true });
    },
  };
}

/** A token is good for a quarter of an hour. */
const renewMs = 10 * 60_000;

/** Signs in now, and again before what it got has expired. */
async function signedIn(signIn: () => Promise<Ask>): Promise<Ask> {
  let ask = signIn();
  let signedInAt = performance.now();
  await ask;
  return async (query, variables) => {
    if (performance.now() > signedInAt + renewMs) {
      signedInAt = performance.now();
      ask = signIn();
    }
    return (await ask)(query, variables);
  };
}

function environmentFor(home: string, indexPrefix: string, meilisearch?: BenchMeilisearch) {
  return {
    RUSTOK_HOME: home,
    DATABASE_URL: "",
    // More than there can be: requests are counted, and none is refused.
    RATE_LIMIT_ADDRESS: "1000000000",
    RATE_LIMIT_TENANT: "1000000000",
    // The receiver of webhooks listens here.
    OUTBOUND_ALLOWED_RANGES: "127.0.0.0/8",
    MEILISEARCH_HOST: meilisearch?.url ?? "",
    MEILISEARCH_API_KEY: meilisearch?.apiKey ?? "",
    MEILISEARCH_INDEX_PREFIX: indexPrefix,
  };
}
