import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { inTransaction } from "#kernel/database/transaction";
import type { Registry } from "#kernel/modules/registry";
import type { Finding } from "./world.ts";

/** Sees what the ORM asks the database for, without a tenant in the question. */
export interface Watch {
  /** What is done from now on, to tell where a question came from. */
  during(where: string): void;
  /** Stops watching; each place is told of once for each table. */
  end(): Finding[];
}

/**
 * Watches the ORM: each select of an entity that belongs to tenants is to name the tenant, although the
 * policies would hide the others' rows anyway. SQL of our own is not the ORM's, and leaves it to the policies.
 */
export function watchFilters({ orm }: Database): Watch {
  const tables = new Set(
    [...orm.getMetadata().getAll().values()]
      .filter(({ properties }) => "tenantId" in properties)
      .map(({ tableName }) => tableName),
  );
  const found = new Map<string, Finding>();
  let where = "";
  const heard = orm.config.get("onQuery");
  orm.config.set("onQuery", (sql, params) => {
    const table = unfiltered(sql);
    if (table && tables.has(table)) {
      const what = `the ORM reads ${table} without the tenant`;
      found.set(`${where} ${table}`, { where, what });
    }
    return heard(sql, params);
  });
  return {
    during(place) {
      where = place;
    },
    end() {
      orm.config.set("onQuery", heard);
      return [...found.values()];
    },
  };
}

/** The table of a select that no condition narrows to a tenant. */
function unfiltered(sql: string): string | undefined {
  if (!sql.startsWith("select")) return undefined;
  const [, table, alias] = / from (?:"public"\.)?"(\w+)" as "(\w+)"/.exec(sql) ?? [];
  return sql.includes(`"${alias}"."tenant_id" = `) ? undefined : table;
}

/** Reads each entity that belongs to tenants the plainest way there is, as code would that says nothing of tenants. */
export async function readEntities(
  ctx: RequestContext,
  { entities }: Registry,
  watch: Watch,
): Promise<void> {
  for (const entity of entities) {
    watch.during(`entity ${entity.name}`);
    await inTransaction(ctx, async ({ em }) => {
      await em.find(entity, {}, { limit: 1 });
      await em.count(entity, {});
    });
  }
}
