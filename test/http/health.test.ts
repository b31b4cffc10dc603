import { beforeEach, expect, test, vi } from "vitest";
import { type QueueBacklog, watchFreshness } from "#kernel/consistency/freshness";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { installation } from "#test/installation";
import { facts, serve } from "#test/server";

const { anEditor, owner } = await installation();
const token = "the token of who watches";

let editor: RequestContext;
beforeEach(async () => {
  await owner.query("truncate sys_events, event_jobs, search_documents");
  editor = await anEditor();
});

/** What is remembered of how fresh everything is, is a server's own. */
const aServer = async (overrides?: Parameters<typeof facts>[0]) => (await serve(overrides)).url;

interface Health {
  status: string;
  reasons?: string[];
  checks: Record<string, { status: string; latencyMs: number }>;
  freshness: { tenants?: { tenant: string }[]; reasons: string[] } | null;
}

async function ask(url: string, path = "", authorization?: string) {
  const headers = authorization ? { headers: { authorization } } : {};
  const response = await fetch(`${url}/api/health${path}`, headers);
  return { code: response.status, ...((await response.json()) as Health) };
}
const ready = async (overrides?: Parameters<typeof facts>[0]) =>
  ask(await aServer(overrides), "/ready");

test("with nothing behind it is ready, and says of freshness that there is nothing to say", async () => {
  const url = await aServer();
  const { code, status, reasons } = await ask(url, "/ready");
  expect([code, status, reasons]).toEqual([200, "ok", undefined]);
  expect(await ask(url)).toMatchObject({
    status: "ok",
    freshness: {
      objectiveMs: 5_000,
      reasons: [],
      readModel: null,
      search: null,
      oldestChangeMs: 0,
      oldestDocumentMs: 0,
      eventsWaiting: 0,
      documentsWaiting: 0,
      queues: [],
      tenants: [],
    },
  });
});

test("a change that has waited for the relay past the objective makes it degraded, and one that has not does not", async () => {
  await anEvent({ agoMs: 1_000 });
  expect(await ready()).toMatchObject({ code: 200, status: "ok" });
  // Started before: the event grows older meanwhile.
  const url = await aServer();
  await anEvent({ agoMs: 6_000 });
  expect(await ask(url, "/ready")).toMatchObject({
    code: 200,
    status: "degraded",
    reasons: [
      expect.stringMatching(
        /^a change that the read model does not have has waited for 6\.\d s, past 5\.0 s$/,
      ),
    ],
  });
});

test("so does one whose job lies on its queue, and none whose job is of another kind", async () => {
  const lying = (queue: string) => ({
    backlog: async (): Promise<QueueBacklog[]> => [
      { queue, waiting: 1, failed: 0, oldest: [{ tenantId: editor.tenant.id, at: ago(60_000) }] },
    ],
  });
  expect(await ready(lying("apply-search-settings"))).toMatchObject({ status: "ok" });
  expect(await ready(lying("index-products"))).toMatchObject({
    status: "degraded",
    reasons: [expect.stringContaining("has waited for 60.")],
  });
  const { freshness } = await ask(await aServer(lying("index-products")));
  expect(freshness?.tenants).toMatchObject([{ tenant: editor.tenant.slug }]);
});

test("so does a p99 past the objective, though half of the changes are quick", async () => {
  for (let n = 0; n < 10; n++) await anEvent({ agoMs: 60_000, tookMs: 100 });
  expect(await ready()).toMatchObject({ status: "ok" });
  await anEvent({ agoMs: 60_000, tookMs: 8_000 });
  const { status, freshness } = await ask(await aServer());
  expect(status).toBe("degraded");
  expect(freshness).toMatchObject({
    reasons: ["of 1 tenant the read model has lately taken up to 7.2 s (p99), past 5.0 s"],
    readModel: { p50Ms: 100, p99Ms: 7_210 },
    tenants: [{ tenant: editor.tenant.slug, readModel: { p50Ms: 100, p99Ms: 7_210 } }],
  });
});

test("what was slow more than a quarter of an hour ago, failed, or is no part of the read model does not count", async () => {
  await anEvent({ agoMs: 16 * 60_000, tookMs: 30_000 });
  await anEvent({ agoMs: 60_000, tookMs: 30_000, failure: "no disk" });
  await anEvent({ agoMs: 60_000, tookMs: 30_000, job: "deliver-webhook" });
  expect(await ready()).toMatchObject({ status: "ok" });
});

test("documents that the search engine lacks count where there is one, and only what is read", async () => {
  const url = await aServer();
  await aDocument({ agoMs: 7_000 });
  expect(await ask(url, "/ready")).toMatchObject({
    status: "degraded",
    reasons: [
      expect.stringMatching(
        /^a document that the search engine does not have has waited for 7\.\d s/,
      ),
    ],
  });
  const { freshness, tenants, db, registry } = await facts();
  expect((await freshness()).tenants).toMatchObject([{ documentsWaiting: 1 }]);
  const alone = {
    db,
    jobs: registry.jobs,
    findTenant: tenants.find,
    backlog: async () => [],
    searchEngine: false,
  };
  expect(await ready({ freshness: watchFreshness(alone) })).toMatchObject({ status: "ok" });

  await owner.query("update search_documents set generation = 2");
  expect(await ready()).toMatchObject({ status: "ok" });
});

test("how long documents took to be in the search engine is told apart", async () => {
  await aDocument({ agoMs: 30_000, tookMs: 20_000 });
  const { freshness } = await ask(await aServer());
  expect(freshness).toMatchObject({
    reasons: ["of 1 tenant the search engine has lately taken up to 20.0 s (p99), past 5.0 s"],
    search: { p50Ms: 20_000, p99Ms: 20_000 },
    oldestDocumentMs: 0,
  });
  // What was built beside the live index while nobody searched it, took as long as it took.
  await owner.query("update index_generations set live_at = now()");
  expect(await ask(await aServer())).toMatchObject({ status: "ok", freshness: { search: null } });
});

test("without a database it is not ready; where it is merely not known what is behind, it is degraded", async () => {
  const { db } = await facts();
  const dead = { ...db, pool: { query: () => Promise.reject(new Error("gone")) } };
  const down = await ready({ db: dead as never });
  expect([down.code, down.status]).toEqual([503, "down"]);
  expect(await ready({ backlog: () => Promise.reject(new Error("gone")) })).toMatchObject({
    code: 200,
    status: "degraded",
    reasons: ["how fresh the read model is, is not known"],
  });
});

test("each thing it works with is looked at; one that is away makes it degraded, not down", async () => {
  const gone = () => Promise.reject(new Error("gone"));
  const answers = async () => {};
  const healthy = await ready({ dependencies: { queues: answers, search: answers } });
  const { checks } = healthy;
  expect([healthy.status, Object.keys(checks)]).toEqual(["ok", ["database", "queues", "search"]]);
  for (const { status, latencyMs } of Object.values(checks)) {
    expect([status, latencyMs >= 0 && latencyMs < 2_000]).toEqual(["ok", true]);
  }
  const url = await aServer({ dependencies: { queues: gone, search: answers } });
  expect(await ask(url, "/ready")).toMatchObject({
    code: 200,
    status: "degraded",
    reasons: ["queues does not answer"],
    checks: { database: { status: "ok" }, queues: { status: "down" }, search: { status: "ok" } },
  });
  expect(await ask(url)).toMatchObject({ status: "degraded", checks: { queues: {} } });
});

test("where its queues would lose jobs it is not ready, and says why", async () => {
  const reason = "Redis may throw jobs away: its maxmemory-policy is allkeys-lru";
  expect(await ready({ unfit: async () => reason })).toMatchObject({
    code: 503,
    status: "down",
    reasons: [reason],
  });
  expect(await ready({ unfit: async () => undefined })).toMatchObject({ code: 200, status: "ok" });
});

test("one that never answers is given up after two seconds, while the process goes on answering", async () => {
  const url = await aServer({ dependencies: { search: () => new Promise(() => {}) } });
  const found = ask(url, "/ready");
  expect((await fetch(`${url}/api/health/live`)).status).toBe(200);
  const { code, status, checks } = await found;
  expect([code, status, checks["search"]?.status]).toEqual([200, "degraded", "down"]);
  expect(checks["search"]?.latencyMs).toBeGreaterThanOrEqual(1_900);
});

test("in production strangers learn no tenant's name; who shows the metrics token does", async () => {
  await anEvent({ agoMs: 6_000 });
  const url = await aServer({ production: true, metricsToken: token });
  for (const shown of [undefined, "Bearer wrong"]) {
    for (const path of ["", "/ready"]) {
      const answer = await ask(url, path, shown);
      expect(answer.status).toBe("degraded");
      expect(JSON.stringify(answer)).not.toContain(editor.tenant.slug);
      expect(JSON.stringify(answer)).not.toContain(editor.tenant.id);
    }
  }
  const { freshness } = await ask(url, "", `Bearer ${token}`);
  expect(freshness?.tenants).toMatchObject([{ tenant: editor.tenant.slug, eventsWaiting: 1 }]);
});

test("many checks ask the database once", async () => {
  const backlog = vi.fn<() => Promise<QueueBacklog[]>>(async () => []);
  const url = await aServer({ backlog });
  await Promise.all(Array.from({ length: 20 }, () => ask(url, "/ready")));
  expect(backlog).toHaveBeenCalledTimes(1);
});

const ago = (ms: number) => new Date(Date.now() - ms);

/** Made so long ago, with a job that ended so much later, or waiting for the relay. */
async function anEvent(made: {
  agoMs: number;
  tookMs?: number;
  job?: string;
  failure?: string;
}): Promise<void> {
  const { agoMs, tookMs, job = "index-products", failure = null } = made;
  const [id, at] = [newId(), ago(agoMs)];
  await owner.query(
    `insert into sys_events (id, tenant_id, type, version, aggregate_id, revision, payload, occurred_at, dispatched_at)
     values ($1, $2, 'product.updated', 1, $1, 1, '{}', $3, $4)`,
    [id, editor.tenant.id, at, tookMs === undefined ? null : at],
  );
  if (tookMs === undefined) return;
  await owner.query("insert into event_jobs values ($1, $2, $3, $4, $4, 1, $5)", [
    id,
    editor.tenant.id,
    job,
    new Date(at.getTime() + tookMs),
    failure,
  ]);
}

/** Changed so long ago, and in the engine so much later, or waiting for it. */
async function aDocument({ agoMs, tookMs }: { agoMs: number; tookMs?: number }): Promise<void> {
  const since = ago(agoMs);
  const done = tookMs === undefined ? null : new Date(since.getTime() + tookMs);
  await owner.query("update index_generations set live_at = now() - interval '1 hour'");
  await owner.query(
    `insert into search_documents (tenant_id, kind, generation, entity_id, locale, version, since, done_version, done_at)
     values ($1, 'product', 1, $2, 'en', 1, $3, $4, $5)`,
    [editor.tenant.id, newId(), since, done && 1, done],
  );
}
