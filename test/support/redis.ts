import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { describe } from "vitest";
import { afterwards } from "./afterwards.ts";
import { leash } from "./leash.ts";
import { freePort } from "./process.ts";

const binary = process.env["REDIS_BIN"] ?? "redis-server";

/** A group of tests that need a Redis server: skipped, and counted as such, where there is none. */
export const describeWithRedis = isInstalled() ? describe : describe.skip;

/** A Redis server of a test's own. */
export interface RealRedis {
  url: string;
  /** A new connection that is ready, closed when the file is done. */
  connect(): Promise<Redis>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

export async function aRedis(): Promise<RealRedis> {
  const folder = await mkdtemp(join(tmpdir(), "rustok-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const running: ChildProcess = spawn(
    binary,
    ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
    { stdio: "ignore" },
  );
  leash(running);
  const kill = async () => {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, "exit");
    running.kill("SIGKILL");
    await gone;
  };
  const connect = async () => {
    const redis = new Redis(url, { maxRetriesPerRequest: 1 });
    // It says so at every try; the tests look at what comes of it.
    redis.on("error", () => {});
    afterwards(() => redis.disconnect());
    await once(redis, "ready");
    return redis;
  };
  afterwards(async () => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  });
  const first = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  first.on("error", () => {});
  await first.ping();
  first.disconnect();
  return { url, connect, kill };
}

function isInstalled(): boolean {
  try {
    execFileSync(binary, ["--version"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}
