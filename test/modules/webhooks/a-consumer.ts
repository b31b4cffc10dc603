import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterwards } from "#test/afterwards";
import { leash } from "#test/leash";

/** What the example consumer says of itself. */
export interface Held {
  ids: string[];
  duplicates: number;
  refused: number;
  documents: Record<string, { revision: number; documents: Record<string, unknown> | null }>;
}

/** The example consumer in a process of its own, with what it has received in a file. */
export interface Consumer {
  /** Starts it, or another one after it was killed, with these secrets. */
  start(secrets: string[]): Promise<void>;
  /** In the middle of whatever it does. */
  kill(): Promise<void>;
  held(): Promise<Held>;
  /** Hands a request on to it; resolves with the status, or rejects when it is not there. */
  hand(headers: Record<string, string>, body: string): Promise<number>;
}

export async function aConsumer(): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), "rustok-consumer-"));
  let child: ChildProcess | undefined;
  let url = "";

  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  afterwards(async () => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    async start(secrets) {
      child = spawn("node_modules/.bin/node", ["examples/webhook-consumer/server.js"], {
        env: {
          PATH: process.env["PATH"],
          PORT: "0",
          STORE: join(folder, "received.jsonl"),
          WEBHOOK_SECRET: secrets.join(","),
        },
        stdio: ["ignore", "pipe", "inherit"],
      });
      leash(child);
      if (!child.stdout) throw new Error("It has no standard output.");
      const [line] = (await once(createInterface(child.stdout), "line")) as [string];
      url = line.replace("Listening on ", "");
    },
    kill,
    held: async () => (await fetch(url)).json() as Promise<Held>,
    hand: (headers, body) =>
      new Promise((resolve, reject) => {
        const handed = request(url, { method: "POST", headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        handed.on("error", reject);
        handed.end(body);
      }),
  };
}
