import type { RequestContext } from "#kernel/context";
import { accountsWith } from "#modules/accounts";
import { setupOf } from "../../../src/modules/accounts/setup.ts";

/** Has this done once: after the next password was found right or wrong, before anything follows from it. */
export function afterCheck(ctx: RequestContext, work: () => Promise<unknown>): void {
  const setup = setupOf(ctx);
  const { passwords } = setup;
  const matches: typeof passwords.matches = async (hash, given) => {
    accountsWith(ctx.db, setup);
    const found = await passwords.matches(hash, given);
    await work();
    return found;
  };
  accountsWith(ctx.db, { ...setup, passwords: { ...passwords, matches } });
}

/** Has this done once: while the next password's hash is made. */
export function whileHashing(ctx: RequestContext, work: () => Promise<unknown>): void {
  const setup = setupOf(ctx);
  const { passwords } = setup;
  const hash: typeof passwords.hash = async (given) => {
    accountsWith(ctx.db, setup);
    await work();
    return passwords.hash(given);
  };
  accountsWith(ctx.db, { ...setup, passwords: { ...passwords, hash } });
}
