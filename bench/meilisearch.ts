import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Meilisearch } from "meilisearch";

/** A Meilisearch server as an operator runs it beside RusTok. */
export interface BenchMeilisearch {
  url: string;
  version: string;
  /** Good for all indexes whose names begin with "bench". */
  apiKey: string;
  /** With that key. */
  client: Meilisearch;
  stop(): Promise<void>;
}

const binary = process.env["MEILISEARCH_BIN"] || "meilisearch";

/** As docs/search.md has it: by default each batch, were it of one document, clears much of the machine's memory. */
const memory = process.env["MEILI_MAX_INDEXING_MEMORY"] || "100MiB";

/** Starts the server of MEILISEARCH_BIN, or the one on the path; undefined where there is none. */
export async function startMeilisearch(
  folder: string,
  port: number,
): Promise<BenchMeilisearch | undefined> {
  const version = versionOf(binary);
  if (!version) return undefined;
  const url = `http://127.0.0.1:${port}`;
  const masterKey = randomBytes(24).toString("base64url");
  const child = spawn(
    binary,
    ["--db-path", join(folder, "meilisearch"), "--http-addr", `127.0.0.1:${port}`].concat([
      "--dump-dir",
      join(folder, "dumps"),
      "--no-analytics",
      "--log-level",
      "ERROR",
    ]),
    {
      cwd: folder,
      env: { ...process.env, MEILI_MASTER_KEY: masterKey, MEILI_MAX_INDEXING_MEMORY: memory },
      stdio: "ignore",
    },
  );
  await answers(url, child);
  const apiKey = await keyFor(new Meilisearch({ host: url, apiKey: masterKey }));
  return {
    url,
    version,
    apiKey,
    client: new Meilisearch({ host: url, apiKey }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function keyFor(master: Meilisearch): Promise<string> {
  const { key } = await master.createKey({
    actions: ["search", "documents.*", "indexes.*", "settings.*", "tasks.get", "stats.get"],
    indexes: ["bench*"],
    expiresAt: null,
  });
  return key;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 500 && child.exitCode === null; tries++) {
    const health = await fetch(`${url}/health`).catch(() => null);
    if (health?.ok) return;
    await sleep(20);
  }
  throw new Error(`Meilisearch does not answer at ${url}.`);
}

function versionOf(command: string): string | undefined {
  try {
    const said = execFileSync(command, ["--version"], { encoding: "utf8", stdio: "pipe" });
    return said.trim().replace(/^meilisearch /, "");
  } catch {
    return undefined;
  }
}
