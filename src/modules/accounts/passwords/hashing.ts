import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { openTurns, type Turns } from "./turns.ts";

/** Makes and checks hashes of passwords. */
export interface Passwords {
  /** argon2id, with its salt and parameters. */
  hash(password: string): Promise<string>;
  /** Without a hash it takes as long, and is false: the time of an answer does not tell who has an account. */
  matches(hash: string | null | undefined, password: string): Promise<boolean>;
  /** Whoever signs in does all of it in a turn: the statements of two hundred people at once would stop everybody else. */
  signIns: Turns;
}

/**
 * A hash takes a thread of libuv's pool, which all of Node shares, for 20 ms and more and 19 MB: left to
 * themselves, as many as people sign in at once would keep everything else waiting. So a core stays free.
 */
const hashesAtOnce = Math.max(1, Math.min(availableParallelism() - 1, 3));

/** While one asks the database, another's password is hashed. */
const signInsAtOnce = hashesAtOnce + 1;

/** Each of them throws RATE_LIMITED when too many wait already. */
export function openPasswords(): Passwords {
  const nobody = hash("no password matches this");
  const hashes = openTurns(hashesAtOnce);

  return {
    hash: (password) => hashes(() => hash(password)),
    async matches(kept, password) {
      const compared = kept ?? (await nobody);
      const matches = await hashes(() => verify(compared, password));
      return matches && Boolean(kept);
    },
    signIns: openTurns(signInsAtOnce),
  };
}
