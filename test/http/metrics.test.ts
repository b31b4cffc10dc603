import { beforeAll, expect, test } from "vitest";
import { newId } from "#kernel/ids";
import { counter } from "#kernel/observability/metrics";
import { installation } from "#test/installation";
import { serve, server } from "#test/server";
import { aShop, type Shop } from "#test/shop";

const { owner } = await installation();
const client = await server();
const token = "the token of who watches";

let shop: Shop;
beforeAll(async () => {
  shop = await aShop();
});

async function scrape(url = client.url, authorization?: string): Promise<string> {
  const response = await fetch(`${url}/metrics`, {
    headers: authorization ? { authorization } : {},
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  return response.text();
}

/** The value of the one series that has this name and these labels; 0 when there is none yet. */
function valueOf(text: string, name: string, labels: Record<string, string> = {}): number {
  const found = text
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => Object.entries(labels).every(([key, of]) => line.includes(`${key}="${of}"`)));
  expect(found.length).toBeLessThanOrEqual(1);
  return Number(found[0]?.split(" ").at(-1) ?? 0);
}

/** By how much the value grows while `work` runs. */
async function growth(
  name: string,
  labels: Record<string, string>,
  work: () => Promise<unknown>,
): Promise<number> {
  const before = valueOf(await scrape(), name, labels);
  await work();
  return valueOf(await scrape(), name, labels) - before;
}

test("the process is measured, and what lines there are is the format Prometheus reads", async () => {
  const text = await scrape();
  expect(valueOf(text, "process_cpu_user_seconds_total")).toBeGreaterThan(0);
  expect(valueOf(text, "nodejs_heap_size_used_bytes")).toBeGreaterThan(0);
  expect(valueOf(text, "rustok_database_up")).toBe(1);
  for (const line of text.split("\n")) {
    expect(line).toMatch(
      /^$|^# (HELP|TYPE) [a-z_0-9]+ |^[a-z_0-9]+(\{.*\})? (-?[\d.e+-]+|\+Inf|Nan)$/i,
    );
  }
  const types = text.split("\n").filter((line) => line.startsWith("# TYPE"));
  expect(new Set(types).size).toBe(types.length);
});

test("requests are counted by route and status, and those of no route together", async () => {
  const name = "rustok_http_request_duration_seconds_count";
  const route = { method: "GET", route: "/api/health/live", status: "200" };
  expect(await growth(name, route, () => client.fetch("/api/health/live"))).toBe(1);
  const nowhere = { method: "GET", route: "none", status: "404" };
  const made = newId();
  expect(await growth(name, nowhere, () => client.fetch(`/${made}`))).toBe(1);
  expect(await scrape()).not.toContain(made);
  const refused = { method: "POST", route: "/api/auth/login", status: "400" };
  const tenant = { "x-tenant-id": shop.editor.tenant.id };
  const login = () =>
    client.fetch("/api/auth/login", {
      method: "POST",
      headers: { ...tenant, "content-type": "application/json" },
      body: "{}",
    });
  expect(await growth(name, refused, login)).toBe(1);
});

test("operations are counted by what they ask of the schema, whatever callers name them, and by how they end", async () => {
  const { tenant } = shop.editor;
  const name = "rustok_graphql_operations_total";
  const ask = (query: string) => () => client.graphql(tenant, query);
  const twice = ask(`query Whatever { a: products { totalCount } ...more }
    fragment more on Query { b: products(locale: "de") { totalCount } node(kind: "post", slug: "x") { id } }`);
  expect(await growth(name, { operation: "products", code: "ok" }, twice)).toBe(2);
  expect(await growth(name, { operation: "node", code: "ok" }, twice)).toBe(1);

  const unknownCurrency = ask(
    `{ ok: products { totalCount } bad: products(currency: "XXX") { totalCount } }`,
  );
  expect(
    await growth(name, { operation: "products", code: "BAD_USER_INPUT" }, unknownCurrency),
  ).toBe(1);
  const admin = ask("{ adminProducts { totalCount } }");
  expect(await growth(name, { operation: "adminProducts", code: "UNAUTHENTICATED" }, admin)).toBe(
    1,
  );
  const none = { operation: "none", code: "BAD_USER_INPUT" };
  expect(await growth(name, none, ask("{ nonsense }"))).toBe(1);
  expect(await growth(name, none, ask("{"))).toBe(1);
  const mutation = () => shop.create("Tag", { scope: "product", handle: "sale", name: "Sale" });
  expect(await growth(name, { operation: "createTag", code: "ok" }, mutation)).toBe(1);
  expect(await scrape()).not.toContain("Whatever");
});

test("a counter that a module registers is shown", async () => {
  const things = counter("things_of_a_test", "What a test has counted.", ["kind"]);
  things.inc({ kind: "small" }, 3);
  expect(valueOf(await scrape(), "rustok_things_of_a_test_total", { kind: "small" })).toBe(3);
});

test("what is behind is shown by tenant and by queue", async () => {
  const { tenant } = shop.editor;
  await owner.query("truncate sys_events, event_jobs");
  await anEvent(tenant.id, 10_000, null);
  await anEvent(tenant.id, 20_000, 400);
  const backlog = { queue: "index-products", waiting: 7, failed: 2, oldest: [] };
  const web = await serve({ backlog: async () => [backlog] });
  const text = await scrape(web.url);
  const ofTenant = { tenant: tenant.slug };
  const lag = (quantile: string) =>
    valueOf(text, "rustok_read_model_lag_seconds", { ...ofTenant, quantile });
  expect([lag("0.5"), lag("0.99")]).toEqual([0.4, 0.4]);
  expect(valueOf(text, "rustok_events_waiting", ofTenant)).toBe(1);
  expect(valueOf(text, "rustok_oldest_change_age_seconds", ofTenant)).toBeGreaterThanOrEqual(10);
  expect(valueOf(text, "rustok_jobs_waiting", { queue: "index-products" })).toBe(7);
  expect(valueOf(text, "rustok_jobs_failed", { queue: "index-products" })).toBe(2);
});

test("without a database the process still shows itself", async () => {
  const web = await serve({
    backlog: () => Promise.reject(new Error("the database is down")),
  });
  const text = await scrape(web.url);
  expect(valueOf(text, "rustok_database_up")).toBe(0);
  expect(text).not.toContain("rustok_events_waiting");
});

test("in production only who shows the token sees any of it, and without one nobody does", async () => {
  const guarded = await serve({ production: true, metricsToken: token });
  const open = (url: string, authorization?: string) =>
    fetch(`${url}/metrics`, { headers: authorization ? { authorization } : {} });
  for (const shown of [
    undefined,
    "Bearer wrong",
    `bearer ${token}`,
    token,
    `Bearer ${token} `.repeat(2),
  ]) {
    const refused = await open(guarded.url, shown);
    expect(refused.status, shown).toBe(401);
    expect(await refused.text()).not.toContain("process_cpu");
  }
  expect(await scrape(guarded.url, `Bearer ${token}`)).toContain("process_cpu");

  const closed = await serve({ production: true, metricsToken: undefined });
  expect((await open(closed.url, "Bearer undefined")).status).toBe(404);
  expect((await open(closed.url)).status).toBe(404);
});

/** Made so long ago; with a job that finished so much later, or still waiting for the relay. */
async function anEvent(tenantId: string, agoMs: number, tookMs: number | null): Promise<void> {
  const id = newId();
  const at = new Date(Date.now() - agoMs);
  await owner.query(
    `insert into sys_events (id, tenant_id, type, version, aggregate_id, revision, payload, occurred_at, dispatched_at)
     values ($1, $2, 'product.updated', 1, $1, 1, '{}', $3, $4)`,
    [id, tenantId, at, tookMs === null ? null : at],
  );
  if (tookMs === null) return;
  await owner.query("insert into event_jobs values ($1, $2, 'index-products', $3, $3, 1)", [
    id,
    tenantId,
    new Date(at.getTime() + tookMs),
  ]);
}
