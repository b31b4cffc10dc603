import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { describe } from "vitest";
import { afterwards } from "./afterwards.ts";
import { leash } from "./leash.ts";
import { freePort } from "./process.ts";

const binary = process.env["REDIS_SERVER_BIN"] || "redis-server";

/** As `describe`, but skipped, and counted as such, where there is no Redis server. */
export const describeRedis = isInstalled() ? describe : describe.skip;

/** A Redis server of a test's own. What it holds is gone when it ends. */
export interface RealRedis {
  url: string;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

/** Starts one on a free port. It is gone at the end of the file. */
export async function startRedis(): Promise<RealRedis> {
  const folder = await mkdtemp(join(tmpdir(), "rustok-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const running = spawn(
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
  afterwards(async () => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  });
  const first = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  first.on("error", () => {});
  await first.ping();
  first.disconnect();
  return { url, kill };
}

function isInstalled(): boolean {
  try {
    execFileSync(binary, ["--version"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}
