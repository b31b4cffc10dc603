import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Logger } from "pino";
import { isOfPlatform } from "#kernel/access/permissions";
import { systemContext, type Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { inTransaction } from "#kernel/database/transaction";

/** What is known of a key that is good. */
export interface KeyState {
  id: string;
  scopes: ReadonlySet<string>;
  lastUsedAt: Date | null;
}

/** A key, what may be shown of it, and what is kept of it. */
export interface MadeKey {
  key: string;
  prefix: string;
  hash: string;
}

const form = /^(rtk_[0-9a-f]{12})_[\w-]{43}$/;

/** `rtk_<name>_<secret>`: the first part finds the row, and tells scanners of leaks what they have found. */
export function makeKey(): MadeKey {
  const prefix = `rtk_${randomBytes(6).toString("hex")}`;
  const key = `${prefix}_${randomBytes(32).toString("base64url")}`;
  return { key, prefix, hash: digest(key) };
}

export const isApiKey = (credential: string): boolean => form.test(credential);

/** Null for a key that is not of the tenant, or not good any more. */
export async function findKey(
  db: Database,
  tenantId: string,
  key: string,
): Promise<KeyState | null> {
  const [, prefix] = form.exec(key) ?? [];
  const { rows } = await db.pool.query<KeyState & { hash: string; scopes: string[] }>({
    name: "api-key-state",
    text: `select id, hash, scopes, last_used_at as "lastUsedAt" from api_key_state($1, $2)`,
    values: [tenantId, prefix],
  });
  const [found] = rows;
  if (!found || !timingSafeEqual(Buffer.from(found.hash), Buffer.from(digest(key)))) return null;
  const { id, scopes, lastUsedAt } = found;
  return { id, scopes: new Set(scopes.filter((scope) => !isOfPlatform(scope))), lastUsedAt };
}

const noteEveryMs = 60_000;

/** Writes down that the key is used, once a minute; whoever uses it does not wait for that. */
export function noteUse(db: Database, log: Logger, tenant: Tenant, state: KeyState): void {
  const now = new Date();
  if (state.lastUsedAt && now.getTime() - state.lastUsedAt.getTime() < noteEveryMs) return;
  state.lastUsedAt = now;
  // Of several processes the first writes.
  inTransaction(systemContext(db, tenant, log), (tx) =>
    tx.sql(
      `update api_keys set last_used_at = now()
       where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
      [state.id],
    ),
  ).catch((error: unknown) => log.warn({ err: error }, "the use of an API key is not on record"));
}

const digest = (key: string) => createHash("sha256").update(key).digest("base64url");
