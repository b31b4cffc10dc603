import { MikroORM } from "@mikro-orm/postgresql";
import { Migrator } from "@mikro-orm/migrations";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { migrate } from "#kernel/database/database";
import { newId } from "#kernel/ids";

/** The last migration of a version in which the outbox was one table. */
const before = "20261125084800-kernel-tenants-with-leftovers";

async function anOlderInstallation(): Promise<string> {
  const url = new URL(inject("postgresUrl"));
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  url.pathname = `/test_${newId().replaceAll("-", "")}`;
  await admin.query(`create database ${url.pathname.slice(1)}`);
  await admin.end();
  const orm = await MikroORM.init({
    clientUrl: url.href,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { path: "migrations", snapshot: false, tableName: "migrations", silent: true },
    ensureDatabase: false,
  });
  await orm.migrator.up({ to: before });
  await orm.close();
  return url.href;
}

test("the version before goes on writing and handing over while the outbox is parted; nothing is lost", async () => {
  const url = await anOlderInstallation();
  const tenant = newId();
  const connect = async (role: string) => {
    const client = new pg.Client({ connectionString: url, options: `-c role=${role}` });
    await client.connect();
    return client;
  };
  const [app, relay] = [await connect("rustok_app"), await connect("rustok_relay")];
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const write = async () => {
    const id = newId();
    await app.query("begin");
    await app.query("select set_config('rustok.tenant', $1, true)", [tenant]);
    await app.query({
      name: "write",
      text: `insert into sys_events (id, tenant_id, type, version, aggregate_id, revision, payload)
             values ($1, $2, 'thing.happened', 1, $1, 1, '{}')`,
      values: [id, tenant],
    });
    await app.query("commit");
    return id;
  };
  const handOver = async () => {
    await relay.query("begin");
    // As that version does it, without columns that came later.
    const { rows } = await relay.query<{ id: string }>({
      name: "claim-events",
      text: `select id from sys_events where dispatched_at is null
             order by id limit 1 for update skip locked`,
    });
    const ids = rows.map(({ id }) => id);
    await relay.query({
      name: "mark-dispatched",
      text: "update sys_events set dispatched_at = now() where id = any($1::uuid[])",
      values: [ids],
    });
    await relay.query("commit");
    return ids;
  };
  try {
    const [first, second] = [await write(), await write()];
    expect(await handOver()).toEqual([first]);

    const migrating = migrate(url);
    const meanwhile: string[] = [];
    let done = false;
    void migrating.finally(() => (done = true)).catch(() => {});
    while (!done) meanwhile.push(await write());
    expect(await migrating).toContain("20261125093000-kernel-outbox-partitions");
    meanwhile.push(await write());

    const { rows } = await owner.query<{ id: string }>("select id from sys_events order by id");
    expect(rows.map(({ id }) => id)).toEqual([first, second, ...meanwhile].toSorted());
    const handedOver: string[] = [];
    for (let ids = await handOver(); ids.length > 0; ids = await handOver())
      handedOver.push(...ids);
    expect(handedOver).toEqual([second, ...meanwhile]);
    const parted = await owner.query("select relkind from pg_class where relname = 'sys_events'");
    expect(parted.rows).toEqual([{ relkind: "p" }]);
  } finally {
    await Promise.all([app.end(), relay.end(), owner.end()]);
  }
});
