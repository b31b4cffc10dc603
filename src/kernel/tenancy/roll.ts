import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "#kernel/database/database";
import type { TenantName } from "./names.ts";

/** The least time between two callings; whoever asks meanwhile waits. */
const paceMs = 500;

/**
 * Every name that a tenant is found by, as hashes of 32 bits: four bytes each, a million is 4 MB and read
 * in about a second. It is called only when more unknown names come than shall be looked up singly, and
 * then says of each that is not on it, without a look-up, that it is nobody's. Of a million names one in
 * four thousand made-up ones shares a hash, and is looked up.
 */
export class Roll {
  readonly #db: Database;
  #hashes: Promise<Int32Array> | undefined;
  #calledAt = -Infinity;

  constructor(db: Database) {
    this.#db = db;
  }

  /** False only for what is nobody's name, as of at most `goodForMs` ago. `onCall` hears of each reading. */
  async has(name: TenantName, goodForMs: number, onCall: () => void): Promise<boolean> {
    if (!this.#hashes || performance.now() - this.#calledAt > goodForMs) this.#call(onCall);
    const hashes = this.#hashes;
    try {
      return includes((await hashes) ?? new Int32Array(), hashOf(name));
    } catch (error) {
      if (this.#hashes === hashes) this.#hashes = undefined;
      throw error;
    }
  }

  /** Something has changed: for whoever asks next it is called anew. */
  forget(): void {
    this.#hashes = undefined;
  }

  #call(onCall: () => void): void {
    const waitMs = Math.max(0, this.#calledAt + paceMs - performance.now());
    this.#calledAt = performance.now() + waitMs;
    this.#hashes = delay(waitMs).then(async () => {
      onCall();
      const { rows } = await this.#db.pool.query<[number]>({
        text: "select * from hashes_of_tenant_names()",
        rowMode: "array",
      });
      return Int32Array.from(rows, ([hash]) => hash).sort();
    });
  }
}

const hashOf = (name: TenantName) => createHash("md5").update(name).digest().readInt32BE(0);

function includes(sorted: Int32Array, hash: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === hash;
}
