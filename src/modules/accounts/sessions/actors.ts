import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { isPlatformAdministrator } from "#kernel/access/platform";
import type { Actor, FindActor, Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { Unauthenticated } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { notValid } from "#kernel/security/tokens";
import { everyPermission } from "#modules/access";
import { findKey, isApiKey, type KeyState, noteUse } from "../api-keys/key-state.ts";
import { setupOf } from "../setup.ts";

/**
 * What is known of a session or an API key is believed for so long: one that was ended elsewhere is
 * refused here within two seconds.
 */
const believedMs = 1_500;

interface SessionState {
  userId: string;
  role: string;
}

/** Asked for, or on the way: who asks meanwhile waits for the same answer. */
type Memory<State> = LRUCache<string, Promise<State | null>>;

interface Remembered {
  sessions: Memory<SessionState>;
  keys: Memory<KeyState>;
}

const remembered = new WeakMap<Database, Remembered>();

function memoryOf(db: Database): Remembered {
  const known = remembered.get(db);
  if (known) return known;
  const made: Remembered = {
    sessions: new LRUCache({ max: 10_000, ttl: believedMs }),
    keys: new LRUCache({ max: 1_000, ttl: believedMs }),
  };
  remembered.set(db, made);
  return made;
}

function recall<State>(
  memory: Memory<State>,
  key: string,
  read: () => Promise<State | null>,
): Promise<State | null> {
  const known = memory.get(key);
  if (known) return known;
  const state = read();
  memory.set(key, state);
  state.catch(() => memory.delete(key));
  return state;
}

/** Finds who stands behind an access token or an API key. */
export function findActors(db: Database, log: Logger): FindActor {
  const { tokens, permissionsOfUser } = setupOf({ db });
  const { sessions, keys } = memoryOf(db);
  const system: Actor = { kind: "system" };

  async function person(tenant: Tenant, token: string): Promise<Actor> {
    const { sid, sub, tenant: home } = await tokens.verify(token);
    const platform = await isPlatformAdministrator(db, { userId: sub, tenantId: home });
    if (home !== tenant.id && !platform) throw new Unauthenticated(notValid);
    const state = await recall(sessions, sid, () => readSession(db, home, sid));
    if (state?.userId !== sub) throw new Unauthenticated("The session has ended: sign in again.");
    if (platform) {
      return {
        kind: "user",
        userId: sub,
        sessionId: sid,
        permissions: everyPermission(db),
      };
    }
    // Without a log of its own, which costs more than all the rest: this is done for each request.
    const asSystem = { tenant, actor: system, requestId: newId(), db, log };
    const permissions = await permissionsOfUser(asSystem, state);
    return { kind: "user", userId: sub, sessionId: sid, permissions };
  }

  async function integration(tenant: Tenant, key: string): Promise<Actor> {
    const state = await recall(keys, `${tenant.id} ${key}`, () => findKey(db, tenant.id, key));
    if (!state) throw new Unauthenticated("The API key is not valid here.");
    noteUse(db, log, tenant, state);
    return { kind: "apiKey", keyId: state.id, permissions: state.scopes };
  }

  return (tenant, credential) =>
    isApiKey(credential) ? integration(tenant, credential) : person(tenant, credential);
}

/** What has changed of sessions, roles and keys holds in this process from now on. */
export function forgetActors({ db }: { db: Database }): void {
  const { sessions, keys } = memoryOf(db);
  sessions.clear();
  keys.clear();
}

async function readSession(
  db: Database,
  tenantId: string,
  sessionId: string,
): Promise<SessionState | null> {
  const { rows } = await db.pool.query<SessionState>({
    name: "session-state",
    text: `select user_id as "userId", role from session_state($1, $2)`,
    values: [tenantId, sessionId],
  });
  return rows[0] ?? null;
}
