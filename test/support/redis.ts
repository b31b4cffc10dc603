import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { describe } from "vitest";
import { afterwards } from "./afterwards.ts";
import { leash } from "./leash.ts";
import { freePort } from "./process.ts";

/** A Redis server of a test's own. What it holds is gone when it ends. */
export interface RealRedis {
  url: string;
  /** Asks the server, whatever the test's own connections are in. */
  client: Redis;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again where it was, as it was saved last: empty if never; resolves when it answers. */
  start(): Promise<void>;
  /** Sends the process a signal. */
  signal(signal: NodeJS.Signals): void;
}

const binary = process.env["REDIS_SERVER_BIN"] || "redis-server";

/** Null where there is no Redis to test against. */
export const redisVersion: string | null = versionOf(binary);

const none = redisVersion === null;
const skipped = "skipped: no Redis";
if (none) process.stderr.write(`${skipped}\n`);

const group: (name: string, options: { skip: boolean }, body: () => void) => void = describe;

/** As `describe`, but skipped, saying so, where there is no Redis. */
export function describeRedis(name: string, body: () => void): void {
  group(none ? `${name} (${skipped})` : name, { skip: none }, body);
}

/** Starts one on a free port, with further arguments. It is gone at the end of the file. */
export async function startRedis(...further: string[]): Promise<RealRedis> {
  const folder = await mkdtemp(join(tmpdir(), "rustok-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let running: ChildProcess | undefined;
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    retryStrategy: () => 50,
  });
  client.on("error", () => {});

  const kill = async () => {
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, "exit");
    running.kill("SIGKILL");
    await gone;
  };
  const start = async () => {
    await kill();
    running = spawn(
      binary,
      ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", ...further],
      { stdio: "ignore" },
    );
    leash(running);
    // Without a connection it waits for the one that is tried again and again.
    await client.ping();
  };
  afterwards(async () => {
    client.disconnect();
    await kill();
    await rm(folder, { recursive: true, force: true });
  });
  await start();
  return { url, client, kill, start, signal: (signal) => void running?.kill(signal) };
}

/** A way to a server that can fall silent: connections stay open, and nothing gets through any more. */
export interface Tunnel {
  url: string;
  /** Swallows what is sent over connections that have subscribed to something; new ones too. */
  swallowSubscriptions(): void;
  /** Lets everything through again, over new connections. */
  open(): void;
  /** Leads to another server from now on; connections to the one before are lost. */
  turnTo(url: string): void;
}

export async function tunnelTo(url: string): Promise<Tunnel> {
  let target = new URL(url);
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((from) => {
    const to = connect(Number(target.port), target.hostname);
    let subscribed = false;
    from.on("data", (chunk) => {
      subscribed ||= /subscribe/i.test(chunk.toString("latin1"));
      if (!(silent && subscribed)) to.write(chunk);
    });
    to.on("data", (chunk) => {
      if (!(silent && subscribed)) from.write(chunk);
    });
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  afterwards(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    swallowSubscriptions: () => {
      silent = true;
    },
    open: () => {
      silent = false;
      for (const socket of sockets) socket.destroy();
    },
    turnTo: (other) => {
      target = new URL(other);
      for (const socket of sockets) socket.destroy();
    },
  };
}

function versionOf(command: string): string | null {
  try {
    return execFileSync(command, ["--version"], { encoding: "utf8", stdio: "pipe" });
  } catch {
    return null;
  }
}
