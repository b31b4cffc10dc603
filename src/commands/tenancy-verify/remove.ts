import type { Logger } from "pino";
import type pg from "pg";
import { systemContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { slugPrefixOfVerification } from "#kernel/tenancy/names";
import { removeTenant } from "#modules/search";
import { patiently } from "../patiently.ts";

/** What says that something still refers to the row. */
const referredTo = new Set(["23503", "23001"]);

/**
 * Removes the shops of this and of earlier verifications: from the search engine first, then every row of
 * theirs. Done as the owner of the tables: the server's role may not take events and audit entries away.
 */
export async function removeShops(
  owner: pg.ClientBase,
  { db, log }: { db: Database; log: Logger },
): Promise<void> {
  const { rows: shops } = await owner.query<{ id: string }>(
    "select id from tenants where starts_with(slug, $1)",
    [slugPrefixOfVerification],
  );
  for (const { id } of shops) {
    const tenant = await findTenant(db, { id });
    if (tenant) await patiently(() => removeTenant(systemContext(db, tenant, log)));
  }
  const { rows: tables } = await owner.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`);
  const ids = shops.map(({ id }) => id);
  let left = tables.map(({ name }) => name);
  // What something refers to goes in a later round than what refers to it.
  while (left.length > 0) {
    const stuck: string[] = [];
    for (const table of left) {
      try {
        await owner.query(`delete from ${table} where tenant_id = any ($1::uuid[])`, [ids]);
      } catch (error) {
        if (!referredTo.has((error as { code?: string }).code ?? "")) throw error;
        stuck.push(table);
      }
    }
    if (stuck.length === left.length) throw new Error(`${stuck.join(", ")} refer to each other.`);
    left = stuck;
  }
  await owner.query("delete from tenants where id = any ($1::uuid[])", [ids]);
}
