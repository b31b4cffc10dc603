import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Meilisearch } from "meilisearch";
import { describe } from "vitest";
import { afterwards } from "./afterwards.ts";
import { leash } from "./leash.ts";
import { freePort } from "./process.ts";

/** A Meilisearch server of a test's own. */
export interface RealMeilisearch {
  url: string;
  /** Known to the test alone: the application must never see it. */
  masterKey: string;
  /** As an operator makes it for the application: all about indexes whose names begin with `prefix`. */
  apiKey: string;
  /** As an operator makes it for browsers: it may search the same indexes. */
  searchKey: { key: string; uid: string };
  prefix: string;
  version: string;
  dataFolder: string;
  /** With `apiKey`, unless another one is given. */
  client(key?: string): Meilisearch;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Ends it in order. Its data stays, and so do its address and its keys. */
  stop(): Promise<void>;
  /** Starts it again after `kill` or `stop`; resolves when it answers. */
  start(): Promise<void>;
  /** Keeps it from doing anything while connections to it stay open; until `resume`. */
  pause(): void;
  resume(): void;
  /** While it is stopped, takes everything away that it had; the keys are made again when it starts. */
  empty(): Promise<void>;
}

export interface MeilisearchOptions {
  /** What the names of the indexes begin with that the keys are good for. */
  prefix?: string;
  /** Further arguments for every start, such as `["--max-index-size", "1MiB"]`. */
  arguments?: string[];
  /** Where its data is to lie, if it matters. */
  folder?: string;
}

/** The real server that tests run against: MEILISEARCH_BIN, else `meilisearch` on the path. */
const binary = process.env["MEILISEARCH_BIN"] || "meilisearch";

/** Null where there is no Meilisearch to test against. */
export const meilisearchVersion: string | null = versionOf(binary);

const none = meilisearchVersion === null;
const skipped = "skipped: no Meilisearch";
if (none) process.stderr.write(`${skipped}\n`);

const group: (name: string, options: { skip: boolean }, body: () => void) => void = describe;

/** As `describe`, but skipped, saying so, where there is no Meilisearch. */
export function describeMeilisearch(name: string, body: () => void): void {
  group(none ? `${name} (${skipped})` : name, { skip: none }, body);
}

let ofThisFile: Promise<RealMeilisearch> | undefined;

/** The Meilisearch of this test file. */
export function theMeilisearch(): Promise<RealMeilisearch> {
  return (ofThisFile ??= startMeilisearch());
}

/** Starts one on a free port, with a folder of its own. Both are gone at the end of the file. */
export async function startMeilisearch(options: MeilisearchOptions = {}): Promise<RealMeilisearch> {
  const { prefix = "test" } = options;
  const folder = await mkdtemp(join(options.folder ?? tmpdir(), "rustok-meilisearch-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const masterKey = randomBytes(24).toString("base64url");
  const dataFolder = join(folder, "data");
  let running: ChildProcess | undefined;

  const master = new Meilisearch({ host: url, apiKey: masterKey });
  const uids: [string, string] = [randomUUID(), randomUUID()];
  let keyless = true;

  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, "exit");
    running.kill(signal);
    await gone;
  };
  const start = async () => {
    await end("SIGKILL");
    const given = [
      ["--db-path", dataFolder],
      ["--dump-dir", join(folder, "dumps")],
      ["--http-addr", `127.0.0.1:${port}`],
      ["--no-analytics", "--log-level", "ERROR"],
      options.arguments ?? [],
    ];
    running = spawn(binary, given.flat(), {
      cwd: folder,
      // By default a batch, were it of one document, first clears a share of all the machine's memory: some 0.7 s.
      env: { ...process.env, MEILI_MASTER_KEY: masterKey, MEILI_MAX_INDEXING_MEMORY: "100MiB" },
      stdio: "ignore",
    });
    leash(running);
    await answers(url, running);
    if (keyless) await makeKeys(master, prefix, uids);
    keyless = false;
  };
  afterwards(async () => {
    await end("SIGKILL");
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  await start();
  const [server, browsers] = await Promise.all(uids.map((uid) => master.getKey(uid)));
  return {
    url,
    masterKey,
    apiKey: server?.key ?? "",
    searchKey: { key: browsers?.key ?? "", uid: uids[1] },
    prefix,
    version: meilisearchVersion ?? "",
    dataFolder,
    client(this: RealMeilisearch, key = this.apiKey) {
      // A machine busy with other tests may take longer over a task than the 5 s it waits by itself.
      return new Meilisearch({ host: url, apiKey: key, defaultWaitOptions: { timeout: 60_000 } });
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    start,
    pause: () => running?.kill("SIGSTOP"),
    resume: () => running?.kill("SIGCONT"),
    async empty() {
      await rm(dataFolder, { recursive: true });
      keyless = true;
    },
  };
}

/** The two keys of docs/search.md. A key follows from its uid and the master key: made again, it is the same. */
async function makeKeys(
  master: Meilisearch,
  prefix: string,
  [server, browsers]: [string, string],
): Promise<void> {
  const indexes = [`${prefix}*`];
  await master.createKey({
    uid: server,
    name: "RusTok",
    actions: ["search", "documents.*", "indexes.*", "settings.*", "tasks.get", "stats.get"],
    indexes,
    expiresAt: null,
  });
  await master.createKey({
    uid: browsers,
    name: "RusTok's storefronts",
    actions: ["search"],
    indexes,
    expiresAt: null,
  });
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (child.exitCode === null && performance.now() < deadline) {
    const health = await fetch(`${url}/health`).catch(() => null);
    if (health?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Meilisearch does not answer at ${url}.`);
}

function versionOf(command: string): string | null {
  try {
    const said = execFileSync(command, ["--version"], { encoding: "utf8", stdio: "pipe" });
    return said.trim().replace(/^meilisearch /, "");
  } catch {
    return null;
  }
}
