import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import type { Range } from "#kernel/outbound/addresses";
import type { Throttle } from "#kernel/security/throttle";
import type { Tokens } from "#kernel/security/tokens";
import type { Passwords } from "./passwords/hashing.ts";

/** What somebody of a role may do. */
export type PermissionsOfUser = (
  ctx: RequestContext,
  user: { userId: string; role: string },
) => Promise<ReadonlySet<string>>;

/** What accounts work with in this process, besides the database. */
export interface AccountsSetup {
  /** RUSTOK_SECRET. */
  secret: string;
  tokens: Tokens;
  throttle: Throttle;
  passwords: Passwords;
  permissionsOfUser: PermissionsOfUser;
  /** Every tenant's slug is a host below it. */
  baseDomain?: string | undefined;
  /** Where sign-in providers may be besides the public internet; in development anywhere. */
  allowedRanges: Range[];
  /** Refuses what is for development alone. */
  production: boolean;
}

const chosen = new WeakMap<Database, AccountsSetup>();

/** Has the accounts of a database's tenants work with this from now on. */
export function accountsWith(db: Database, setup: AccountsSetup): void {
  chosen.set(db, setup);
}

export function setupOf({ db }: Pick<RequestContext, "db">): AccountsSetup {
  const setup = chosen.get(db);
  if (!setup) throw new Error("Accounts have nothing to work with: call accountsWith first.");
  return setup;
}
