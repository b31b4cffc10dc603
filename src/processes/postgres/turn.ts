import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { tryHold, type Release } from "../held-file.ts";
import { PostgresNotStarted } from "./not-started.ts";

/** A little more than a start or a stop may take. */
const LIMIT_MS = 90_000;

/** One process at a time makes, starts or stops what is in the folder; the others wait for it. */
export async function inTurn<T>(home: string, work: () => Promise<T>): Promise<T> {
  const release = await takeTurn(join(home, "postgres.lock"));
  try {
    return await work();
  } finally {
    await release();
  }
}

async function takeTurn(path: string): Promise<Release> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const turn = await tryHold(path);
    if ("release" in turn) return turn.release;
    if (Date.now() > deadline) {
      const { pid, command } = turn.holder;
      throw new PostgresNotStarted(
        `Process ${pid} (${command}) has been starting or stopping PostgreSQL for more than ${LIMIT_MS / 1000} s (${path}).`,
      );
    }
    await delay(20);
  }
}
