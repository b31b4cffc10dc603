import pg from "pg";
import type { Config } from "#config";
import { announcedConnections, connectionsAnnounced } from "#kernel/tenancy/channel";

/** Connections of each pool, where the environment says nothing: a relay hardly needs one. */
export const poolSizeFor = (roles: readonly string[]) =>
  roles.includes("web") || roles.includes("worker") ? 10 : 2;

/** The database has no room for this process beside those that run. The message says what to do about it. */
export class TooManyConnections extends Error {
  override name = "TooManyConnections";
}

/** How many connections to the database itself a process may open at most. What goes through a pooler is the pooler's. */
export function connectionsOf(
  roles: readonly string[],
  { database, redisUrl, meilisearch }: Pick<Config, "database" | "redisUrl" | "meilisearch">,
): number {
  const has = (role: string) => roles.includes(role);
  const pools = database.directUrl ? 0 : 2 * (database.poolSize ?? poolSizeFor(roles));
  const queues = redisUrl === undefined ? database.queuePoolSize + 1 : 0;
  const sync = has("worker") && meilisearch ? 1 : 0;
  const ofItsOwn = 1 + (has("relay") ? 1 : 0) + sync;
  return pools + queues + ofItsOwn;
}

/**
 * Refuses where this process and those that run could together open more connections than there are.
 * Each says with its own how many it may come to; what else uses the database is not known. Throws
 * TooManyConnections.
 */
export async function makeSureTheyFit(url: string, own: number): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "rustok" });
  await client.connect();
  try {
    const { rows } = await client.query<{ room: number; names: string[] }>(
      `select current_setting('max_connections')::integer
            - current_setting('superuser_reserved_connections')::integer
            - coalesce(current_setting('reserved_connections', true)::integer, 0) as room,
         (select coalesce(array_agg(application_name), '{}') from pg_stat_activity
          where application_name like $1) as names`,
      [`${connectionsAnnounced}%`],
    );
    const [{ room, names } = { room: own, names: [] }] = rows;
    const others = names.reduce((sum, name) => sum + announcedConnections(name), 0);
    if (own + others > room) throw new TooManyConnections(refusal({ own, others, room, names }));
  } finally {
    await client.end();
  }
}

function refusal(of: { own: number; others: number; room: number; names: string[] }): string {
  const { own, others, room, names } = of;
  const beside = names.length === 0 ? "" : ` beside ${others} of ${names.length} that run`;
  return (
    `This process may open ${own} connections to the database${beside}; it has ${room} for servers. ` +
    "Lower DATABASE_POOL_SIZE, keep the queues on Redis (REDIS_URL), put a PgBouncer before it " +
    "(DATABASE_URL to that, DATABASE_DIRECT_URL to the database), or raise its max_connections."
  );
}
