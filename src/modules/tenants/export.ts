import type { PoolClient } from "pg";
import { note } from "#kernel/access/audit";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { tenantTables } from "./tables.ts";
import { read } from "./tenant.record.ts";

export const exportMedia = "application/x-ndjson";

/** How many rows are held at once. */
const portion = 1_000;

/**
 * Every row of the context's tenant, as lines of JSON, all of one moment: first what this is and the
 * tenant itself, then `{"module","table","row"}` for each, last how many there were: by that
 * number whoever has the tenant deleted shows that they have all of it. It holds what signs people in, so keep it as a secret.
 */
export async function* exportTenant(ctx: RequestContext): AsyncGenerator<string> {
  const { id } = ctx.tenant;
  const startedAt = new Date();
  const tenant = await read(ctx);
  yield line({ format: "rustok-tenant", version: 1, at: startedAt, tenant });
  const client = await ctx.db.pool.connect();
  let whole = false;
  let rows = 0;
  try {
    await client.query("begin isolation level repeatable read read only");
    await client.query("select set_config('rustok.tenant', $1, true)", [id]);
    for (const { module, table } of await tenantTables(client, ctx.modules)) {
      for await (const row of rowsOf(client, table, id)) {
        rows += 1;
        yield `{"module":${JSON.stringify(module)},"table":${JSON.stringify(table)},"row":${row}}\n`;
      }
    }
    await client.query("commit");
    whole = true;
  } finally {
    // Left in the middle, it has a cursor open and rows on their way.
    client.release(!whole);
  }
  await inTransaction(ctx, async (tx) => {
    await tx.sql(
      `update tenants set exported_at = $2, exported_rows = $3
       where id = $1 and (exported_at is null or exported_at <= $2)`,
      [id, startedAt, rows],
    );
    note(tx, "tenant.exported", id);
  });
  yield line({ end: true, rows });
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`;

async function* rowsOf(client: PoolClient, table: string, tenantId: string) {
  await client.query(
    `declare exported no scroll cursor for
     select to_jsonb(t)::text as row from ${table} t where tenant_id = '${tenantId}'`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${portion} from exported`);
    for (const { row } of rows) yield row;
    if (rows.length < portion) break;
  }
  await client.query("close exported");
}
