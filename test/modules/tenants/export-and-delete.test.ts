import { mkdtemp, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { pino } from "pino";
import { beforeEach, expect, inject, test } from "vitest";
import { deleteTenants } from "#jobs/delete-tenants";
import type { RequestContext } from "#kernel/context";
import { BadUserInput, Conflict } from "#kernel/errors";
import { users } from "#modules/accounts";
import { refreshAll } from "#modules/index";
import { seedDemo } from "#modules/seed";
import { deleteRows, exportTenant, readTenant, tenants, tenantTables } from "#modules/tenants";
import { installation, log, registry } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { exportTo } from "../../../src/commands/tenant-export.ts";
import { onSale } from "../search/a-catalogue.ts";
import { aFedEngine, caughtUp } from "../search/sync/a-fed-engine.ts";
import { anOperator, call } from "./an-operator.ts";

const { anEditor, db, owner } = await installation();
const quiet = log.child({}, { level: "silent" });

let shop: RequestContext;
let neighbour: RequestContext;
beforeEach(async () => {
  shop = { ...(await anEditor()), modules: registry.modules };
  neighbour = await anEditor();
  for (const ctx of [shop, neighbour]) {
    await seedDemo(ctx);
    await refreshAll(ctx);
    const password = "a password that is long enough";
    await users.create(ctx, { email: "ann@example.com", name: "Ann", role: "editor", password });
  }
});

/** How many rows a tenant has in each table that has any. */
async function rowsOf({ tenant }: RequestContext): Promise<Record<string, number>> {
  const client = await owner.connect();
  const tables = await tenantTables(client, registry.modules);
  client.release();
  const found: Record<string, number> = {};
  for (const { table } of [...tables, { table: "tenants" }]) {
    const column = table === "tenants" ? "id" : "tenant_id";
    const { rows } = await owner.query<{ n: number }>(
      `select count(*)::int as n from ${table} where ${column} = $1`,
      [tenant.id],
    );
    if (rows[0]?.n) found[table] = rows[0].n;
  }
  return found;
}

async function linesOf(ctx: RequestContext) {
  const text = (await Array.fromAsync(exportTenant(ctx))).join("");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const exportedRows = async (ctx: RequestContext) => Number((await linesOf(ctx)).at(-1)?.["rows"]);

test("every table with rows of tenants is some module's, or the kernel's", async () => {
  const client = await owner.connect();
  const tables = await tenantTables(client, registry.modules);
  client.release();
  const unclaimed = tables.filter(({ module }) => module === "kernel").map(({ table }) => table);
  // Another one here: say in its module's `tables` whose it is.
  expect(unclaimed).toEqual(["event_jobs", "idempotency_keys", "sys_events", "tombstones"]);
  const named = registry.modules.flatMap((module) => module.tables);
  expect(named.toSorted()).toEqual(
    tables
      .filter(({ module }) => module !== "kernel")
      .map(({ table }) => table)
      .toSorted(),
  );
});

test("an export has every row of the tenant by its module, and nobody else's", async () => {
  const before = await rowsOf(shop);
  const [first, ...rest] = await linesOf(shop);
  const last = rest.pop();
  expect(first).toMatchObject({
    format: "rustok-tenant",
    version: 1,
    tenant: { id: shop.tenant.id },
  });
  expect(last).toEqual({ end: true, rows: rest.length });
  const { tenants: _, ...tables } = before;
  const counts: Record<string, number> = {};
  for (const { table } of rest) counts[String(table)] = (counts[String(table)] ?? 0) + 1;
  expect(counts).toEqual(tables);
  expect(new Set(rest.map(({ row }) => (row as { tenant_id: string }).tenant_id))).toEqual(
    new Set([shop.tenant.id]),
  );
  expect(rest.find(({ table }) => table === "prices")).toMatchObject({ module: "commerce" });
  const order = ["kernel", ...registry.modules.map(({ slug }) => slug)];
  const places = rest.map(({ module }) => order.indexOf(String(module)));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect((await readTenant(shop)).exportedAt).toBeInstanceOf(Date);
});

test("an export that is not taken to its end does not count", async () => {
  for await (const line of exportTenant(shop)) {
    if (line.includes('"prices"')) break;
  }
  expect((await readTenant(shop)).exportedAt).toBeNull();
});

test("a file is there once it is whole, for its owner alone", async () => {
  const file = join(await mkdtemp(join(inject("runFolder"), "export-")), "shop.ndjson.gz");
  const rows = await exportTo(shop, file);
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split("\n");
  expect(JSON.parse(lines.at(-1) ?? "")).toEqual({ end: true, rows });
  expect(rows).toBe(lines.length - 2);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("only a suspended tenant that was exported since is deleted, all of it, and nobody else", async () => {
  const before = await rowsOf(neighbour);
  const { slug } = shop.tenant;
  const early = { confirm: slug, rows: await exportedRows(shop) };
  await expect(tenants.requestDeletion(shop, early)).rejects.toThrow("Suspend the tenant first.");
  await tenants.suspend(shop);
  await expect(tenants.requestDeletion(shop, early)).rejects.toThrow(Conflict);
  const operator = await anOperator();
  const path = `/tenants/${shop.tenant.id}`;
  const exported = await call(operator, "GET", `${path}/export`);
  const [, rows] = /^\{"end":true,"rows":(\d+)\}$/.exec(
    exported.body.trimEnd().split("\n").at(-1),
  ) ?? [""];
  const confirmed = { confirm: slug, rows: Number(rows) };
  for (const [mistake, name] of [
    [{ confirm: "another" }, "confirm"],
    [{ rows: confirmed.rows - 1 }, "rows"],
    [{ rows: undefined }, "rows"],
  ] as const) {
    const mistaken = await call(operator, "POST", `${path}/delete`, { ...confirmed, ...mistake });
    expect(mistaken.body.error).toMatchObject({
      code: "BAD_USER_INPUT",
      details: { issues: [{ path: [name] }] },
    });
  }
  expect(await rowsOf(shop)).toMatchObject({ tenants: 1 });
  expect(await call(operator, "POST", `${path}/delete`, confirmed)).toMatchObject({
    status: 202,
    body: { status: "deleting" },
  });
  await expect(tenants.resume(shop)).rejects.toThrow("The tenant is being deleted.");
  await deleteTenants.run({ db, log: quiet });
  expect(await rowsOf(shop)).toEqual({});
  expect(await rowsOf(neighbour)).toEqual(before);
  expect(await call(operator, "GET", path)).toMatchObject({ status: 404 });
});

test("exports and the request to delete are in the audit log, and the request in the server's own", async () => {
  const operator = await anOperator();
  const lines: string[] = [];
  const told = pino({ level: "info", base: null }, { write: (line) => lines.push(line) });
  const { tenant } = shop;
  const ctx = { ...operator, tenant, modules: registry.modules, log: told };
  await tenants.suspend(ctx);
  const rows = await exportedRows(ctx);
  const requested = { confirm: tenant.slug, rows };
  await expect(tenants.requestDeletion(ctx, { ...requested, rows: rows + 1 })).rejects.toThrow(
    BadUserInput.at(["rows"], "is not what the last line of the export says"),
  );
  expect(lines).toEqual([]);
  await tenants.requestDeletion(ctx, requested);
  const { rows: entries } = await owner.query(
    "select action, actor_id, subject_id from audit_log where tenant_id = $1 and subject_id = $1 order by id",
    [tenant.id],
  );
  const { userId } = operator.actor as { userId: string };
  expect(entries).toEqual(
    ["tenant.suspended", "tenant.exported", "tenant.deletion-requested"].map((action) => ({
      action,
      actor_id: userId,
      subject_id: tenant.id,
    })),
  );
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      tenant: tenant.id,
      slug: tenant.slug,
      actor: userId,
      rows,
      msg: "the deletion of the tenant is asked for",
    }),
  ]);
});

test("of a tenant that nobody is deleting the server cannot take the events away", async () => {
  const events = async () =>
    (await owner.query("select from sys_events where tenant_id = $1", [shop.tenant.id])).rowCount;
  const before = await events();
  expect(before).toBeGreaterThan(0);
  await expect(
    db.pool.query("select forget_events_of_tenant($1, 10)", [shop.tenant.id]),
  ).rejects.toThrow("The tenant is not being deleted.");
  await expect(
    db.pool.query("select remove_events_of_tenant($1, 10)", [shop.tenant.id]),
  ).rejects.toThrow("permission denied");
  expect(await events()).toBe(before);
});

test("a deletion that is cut short goes on where it was", async () => {
  await tenants.suspend(shop);
  await tenants.requestDeletion(shop, {
    confirm: shop.tenant.slug,
    rows: await exportedRows(shop),
  });
  const { rows } = await owner.query<{ n: number }>(
    "select count(*)::int as n from products where tenant_id = $1",
    [shop.tenant.id],
  );
  expect(rows[0]?.n).toBeGreaterThan(0);
  await owner.query(`
    create function cut_off() returns trigger language plpgsql as
      $$ begin raise exception 'cut off'; end $$;
    create trigger cut_off before delete on products for each row execute function cut_off();`);
  await expect(deleteRows(shop)).rejects.toThrow("cut off");
  expect(await rowsOf(shop)).toMatchObject({ tenants: 1, products: rows[0]?.n });
  await owner.query("drop trigger cut_off on products; drop function cut_off()");
  await deleteRows(shop);
  expect(await rowsOf(shop)).toEqual({});
});

describeMeilisearch("with Meilisearch", () => {
  test("its documents go from the engine, and the neighbour's stay", async () => {
    const { meilisearch } = await aFedEngine();
    const [gone, stays] = [await anEditor(), await anEditor()];
    for (const ctx of [gone, stays]) await onSale(ctx, { title: "A mug", handle: "mug" });
    await caughtUp();
    const client = meilisearch.client();
    const documentsOf = async ({ tenant }: RequestContext) => {
      const index = client.index(`${meilisearch.prefix}_products_en`);
      const { total } = await index.getDocuments({ filter: `scope = "${tenant.id}:1"`, limit: 0 });
      return total;
    };
    expect([await documentsOf(gone), await documentsOf(stays)]).toEqual([1, 1]);
    await tenants.suspend(gone);
    const rows = await exportedRows(gone);
    await tenants.requestDeletion(gone, { confirm: gone.tenant.slug, rows });
    await meilisearch.kill();
    await deleteTenants.run({ db, log: quiet });
    expect(await rowsOf(gone)).toMatchObject({ tenants: 1 });
    await meilisearch.start();
    await deleteTenants.run({ db, log: quiet });
    expect([await documentsOf(gone), await documentsOf(stays)]).toEqual([0, 1]);
    expect(await rowsOf(gone)).toEqual({});
  });
});
