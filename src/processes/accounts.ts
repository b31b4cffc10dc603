import type { Redis } from "ioredis";
import type { Database } from "#kernel/database/database";
import { rangeOf } from "#kernel/outbound/addresses";
import { openThrottle } from "#kernel/security/throttle";
import { openTokens } from "#kernel/security/tokens";
import { accountsWith, openPasswords, type PermissionsOfUser } from "#modules/accounts";

/** Gives the accounts of a database's tenants what they work with in this process. */
export function openAccounts(
  db: Database,
  options: {
    secret: string;
    production: boolean;
    baseDomain?: string | undefined;
    /** CIDRs; left out: none. */
    allowedRanges?: string[];
    permissionsOfUser: PermissionsOfUser;
    /** Absent: tries are counted by each process for itself. */
    redis?: Redis;
  },
) {
  const { secret, production, baseDomain, allowedRanges = [], permissionsOfUser, redis } = options;
  const tokens = openTokens(db, secret);
  accountsWith(db, {
    secret,
    production,
    baseDomain,
    allowedRanges: allowedRanges.map(rangeOf),
    permissionsOfUser,
    tokens,
    throttle: openThrottle(redis),
    passwords: openPasswords(),
  });
  return tokens;
}
