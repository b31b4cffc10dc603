import type { Database } from "#kernel/database/database";

/** How many of them one statement removes: a second's work at most. */
const batchSize = 10_000;

const days = new WeakMap<Database, number>();

/** Has entries of the audit log kept for so many days; done once, where the database is opened. */
export function keepAuditLog(db: Database, forDays: number): void {
  days.set(db, forDays);
}

/** Removes the entries of all tenants that are older than they are to be kept. Answers how many it removed. */
export async function forgetOldAudit(db: Database): Promise<number> {
  const kept = days.get(db);
  if (kept === undefined) throw new Error("Nobody has said how long the audit log is kept.");
  for (let forgotten = 0; ;) {
    const { rows } = await db.pool.query<{ entries: number }>(
      "select forget_old_audit($1, $2)::float8 as entries",
      [kept, batchSize],
    );
    const entries = rows[0]?.entries ?? 0;
    forgotten += entries;
    if (entries < batchSize) return forgotten;
  }
}
