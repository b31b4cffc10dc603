import { beforeAll, expect, test } from "vitest";
import { type RequestContext, systemContext, type Tenant } from "#kernel/context";
import { type Database, openDatabase } from "#kernel/database/database";
import { LoginNotConfined } from "#kernel/database/pooled-login";
import { inTransaction } from "#kernel/database/transaction";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { tags } from "#modules/taxonomy";
import { afterwards } from "#test/afterwards";
import { installation, log, registry } from "#test/installation";
import { describePgBouncer, startPgBouncer } from "#test/pgbouncer";

const { aTenant, db: direct, owner } = await installation();
const { entities } = registry;

/** Roles belong to the cluster, which other files share. */
const login = { user: `web_${process.pid}`, password: "of-a-test-alone" };

describePgBouncer("through a PgBouncer that keeps no sessions", () => {
  let pooledUrl: string;
  let db: Database;

  beforeAll(async () => {
    await owner.query(
      `create role ${login.user} login password '${login.password}' in role rustok_app`,
    );
    afterwards(() => owner.query(`drop role ${login.user}`));
    pooledUrl = await startPgBouncer(direct.url, login);
    db = await openDatabase({ url: direct.url, pooledUrl, poolSize: 8, entities });
    afterwards(() => db.close());
  });

  const contextOf = (tenant: Tenant): RequestContext => systemContext(db, tenant, log);

  test("many at once each write and read their own tenant's rows, over three connections", async () => {
    const tenants = await Promise.all(Array.from({ length: 6 }, () => aTenant()));
    await Promise.all(
      tenants.flatMap((tenant) =>
        Array.from({ length: 8 }, async (_, n) => {
          const handle = `tag-${n}`;
          await tags.create(contextOf(tenant), { scope: "product", handle, name: handle });
          // By a name, which another's connection may not know yet.
          expect(await findTenant(db, { id: tenant.id })).toMatchObject({ id: tenant.id });
        }),
      ),
    );
    for (const tenant of tenants) {
      const seen = await inTransaction(contextOf(tenant), (tx) =>
        tx.sql<{ tenant: string; n: number }>(
          "select tenant_id as tenant, count(*)::integer as n from tags group by tenant_id",
        ),
      );
      expect(seen).toEqual([{ tenant: tenant.id, n: 8 }]);
    }
    const { rowCount } = await owner.query("select from pg_stat_activity where usename = $1", [
      login.user,
    ]);
    expect(rowCount).toBeGreaterThan(0);
    expect(rowCount).toBeLessThanOrEqual(3);
  });

  test("without a tenant there are no rows, nor is one left over from a transaction before", async () => {
    for (let n = 0; n < 6; n++) {
      const { rows } = await db.pool.query("select id from tags");
      expect(rows).toEqual([]);
    }
  });

  test("a login that may do more than serve is refused with what to do", async () => {
    const { username, password } = new URL(direct.url);
    const superuser = { user: username, password: password || "none" };
    const url = await startPgBouncer(direct.url, superuser);
    const opening = openDatabase({ url: direct.url, pooledUrl: url, poolSize: 1, entities });
    await expect(opening).rejects.toThrow(LoginNotConfined);
    await expect(opening).rejects.toThrow(/create role rustok_web login password/);
  });
});
