import { LRUCache } from "lru-cache";
import type { Database } from "#kernel/database/database";

/** How long it takes at most until somebody who was made or unmade a super administrator is known as such. */
const rememberedMs = 2_000;

const homes = new WeakMap<Database, LRUCache<string, { tenantId: string | null }>>();

/** Whether the user, who is at home in the tenant, may do everything in every tenant. */
export async function isPlatformAdministrator(
  db: Database,
  { userId, tenantId }: { userId: string; tenantId: string },
): Promise<boolean> {
  const known = homes.get(db) ?? remembering(db);
  return (await known.fetch(userId))?.tenantId === tenantId;
}

function remembering(db: Database) {
  const known = new LRUCache<string, { tenantId: string | null }>({
    max: 10_000,
    ttl: rememberedMs,
    fetchMethod: async (userId) => {
      const { rows } = await db.pool.query<{ tenantId: string | null }>({
        name: "platform-home",
        text: `select platform_home($1) as "tenantId"`,
        values: [userId],
      });
      return rows[0] ?? { tenantId: null };
    },
  });
  homes.set(db, known);
  return known;
}
