import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { RateLimited } from "#kernel/errors";

/** Makes and checks hashes of passwords. */
export interface Passwords {
  /** argon2id, with its salt and parameters. */
  hash(password: string): Promise<string>;
  /** Without a hash it takes as long, and is false: the time of an answer does not tell who has an account. */
  matches(hash: string | null | undefined, password: string): Promise<boolean>;
}

/**
 * A hash takes a thread of libuv's pool, which all of Node shares, for 20 ms and more and 19 MB: left to
 * themselves, as many as people sign in at once would keep everything else waiting. So a core stays free.
 */
const defaultAtOnce = Math.max(1, Math.min(availableParallelism() - 1, 3));

/** More would wait for longer than anybody does. */
const mostWaiting = 1_000;

/** Throws RATE_LIMITED when too many wait already. */
export function openPasswords(atOnce = defaultAtOnce): Passwords {
  const nobody = hash("no password matches this");
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (waiting.length >= mostWaiting) throw new RateLimited(5);
      // Who is called in takes over the place of who leaves.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) => inTurn(() => hash(password)),
    async matches(kept, password) {
      const compared = kept ?? (await nobody);
      const matches = await inTurn(() => verify(compared, password));
      return matches && Boolean(kept);
    },
  };
}
