import { beforeAll, expect, test } from "vitest";
import { traceId, traced, tracer, traceWith } from "#kernel/observability/tracing";
import { openTracing } from "#processes/tracing/open-tracing";
import { afterwards } from "#test/afterwards";
import { startBackground } from "#test/background";
import { log } from "#test/installation";
import { meilisearchVersion } from "#test/meilisearch";
import { server } from "#test/server";
import { aShop, type Shop } from "#test/shop";
import { aTraceCollector, type CollectedSpan, type TraceCollector } from "#test/trace-collector";
import { aFedEngine } from "../modules/search/sync/a-fed-engine.ts";

const withEngine = meilisearchVersion !== null;
const client = await server();

let collector: TraceCollector;
let shop: Shop;
let productId: string;

const open = (endpoint: string, ratio = 1) =>
  openTracing({ endpoint, headers: { "x-token": "a token" }, serviceName: "a test", ratio }, log);

beforeAll(async () => {
  collector = await aTraceCollector();
  shop = await aShop();
  if (withEngine) await aFedEngine();
  productId = await shop.create("Product", {
    handle: "lamp",
    status: "published",
    translations: [{ locale: "en", title: "A lamp" }],
  });
  const tracing = await open(collector.url);
  traceWith(tracing);
  afterwards(async () => {
    traceWith(undefined);
    await tracing?.stop();
  });
}, 120_000);

const called = (name: string, spans = collector.spans) =>
  spans.filter((span) => span.name === name);
const change = (vendor: string) =>
  shop.edit(
    `mutation ($id: Id!, $vendor: String!) { updateProduct(input: { id: $id, vendor: $vendor }) { id } }`,
    { id: productId, vendor },
  );

/** The names of the spans from this one up to the one that began the trace. */
function upFrom(span: CollectedSpan | undefined): string[] {
  if (!span) return [];
  return [span.name, ...upFrom(collector.spans.find(({ spanId }) => spanId === span.parentSpanId))];
}

const toTheJob = [
  "process index-products",
  "send index-products",
  "transaction",
  "mutation updateProduct",
  "POST /api/graphql",
];

test("several changes that are one job each lead to it, and none is traced that was made before", async () => {
  const vendors = ["One", "Two", "Three", "Four", "Five"];
  for (const vendor of vendors) await change(vendor);
  const background = await startBackground();
  afterwards(() => background.stop());
  const job = await collector.until(() =>
    called("process index-products").find(({ links }) => links?.length === vendors.length - 1),
  );
  const handed = await collector.until(() => {
    const spans = called("send index-products");
    return spans.length === vendors.length && spans;
  });
  expect(new Set(handed.map(({ traceId: id }) => id)).size).toBe(vendors.length);
  const first = handed.find(({ traceId: id }) => id === job.traceId);
  expect(job.parentSpanId).toBe(first?.spanId);
  for (const other of handed) {
    if (other !== first) expect(other.links?.[0]?.spanId).toBe(first?.spanId);
  }
  expect(called("process index-products")).toHaveLength(1);
}, 120_000);

test("one change is one trace, from the request to the read model and the search engine", async () => {
  const before = collector.spans.length;
  await change("Trace & Sons");
  const write = await collector.until(() =>
    called("write index_products", collector.spans.slice(before)).at(-1),
  );
  const ofTrace = () => collector.spans.filter(({ traceId: id }) => id === write.traceId);
  // A span is sent when it has ended, so those around it may come later.
  await collector.until(() => upFrom(write).includes("POST /api/graphql"));
  expect(upFrom(write)).toEqual(["write index_products", "transaction", ...toTheJob]);
  if (withEngine) {
    const task = await collector.until(
      () => called("search task documentAdditionOrUpdate", ofTrace())[0],
    );
    await collector.until(() => upFrom(task).includes("POST /api/graphql"));
    expect(upFrom(task).slice(1)).toEqual(["transaction", ...toTheJob]);
  }

  const by = (name: string) => called(name, ofTrace())[0];
  expect(by("POST /api/graphql")?.facts).toMatchObject({
    "http.request.method": "POST",
    "http.route": "/api/graphql",
    "http.response.status_code": 200,
    "rustok.tenant_id": shop.editor.tenant.id,
  });
  expect(by("process index-products")?.facts).toMatchObject({ "rustok.attempt": 1 });
  expect(by("mutation updateProduct")?.resource).toMatchObject({ "service.name": "a test" });
  expect(ofTrace().filter(({ status }) => status.code === 2)).toEqual([]);
  expect(JSON.stringify(ofTrace())).not.toContain("Trace & Sons");
  expect(collector.headers[0]).toMatchObject({ "x-token": "a token" });
}, 120_000);

test("a trace goes on that somebody else began, a malformed one does not, and a failure is seen as one", async () => {
  const theirs = "4bf92f3577b34da6a3ce929d0e0e4736";
  const ask = (traceparent: string, query: string) =>
    client.fetch("/api/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-tenant-id": shop.editor.tenant.id,
        traceparent,
      },
      body: JSON.stringify({ query }),
    });
  await ask(`00-${theirs}-00f067aa0ba902b7-01`, "{ adminProducts { totalCount } }");
  const joined = await collector.until(() =>
    called("POST /api/graphql").find((span) => span.traceId === theirs),
  );
  expect(joined.parentSpanId).toBe("00f067aa0ba902b7");
  const refused = called("query adminProducts").find((span) => span.traceId === theirs);
  expect(refused?.status).toMatchObject({ code: 2, message: "UNAUTHENTICATED" });

  await ask("00-nonsense-01", "{ products { totalCount } }");
  const own = await collector.until(() => called("query products")[0]);
  await collector.until(() =>
    called("POST /api/graphql").some(({ spanId }) => spanId === own.parentSpanId),
  );
  expect(upFrom(own)).toEqual(["query products", "POST /api/graphql"]);

  await ask(`00-${theirs.replace("4", "5")}-00f067aa0ba902b7-00`, "{ products { totalCount } }");
  await change("After all of them");
  await collector.until(() => called("process index-products").length >= 3);
  expect(collector.spans.filter((span) => span.traceId.startsWith("5bf92f"))).toEqual([]);
}, 120_000);

test("nothing begins a trace but a request, and nobody asks for traces of health checks", async () => {
  await client.fetch("/api/health/ready");
  await client.fetch("/metrics");
  expect(await traced("a step of nothing", {}, async (span) => span)).toBeUndefined();
  await tracer()?.stop();
  const roots = collector.spans.filter(({ parentSpanId }) => !parentSpanId);
  expect(new Set(roots.map(({ name }) => name))).toEqual(new Set(["POST /api/graphql"]));
});

test("a collector that is away is no concern of who is served", async () => {
  const away = await open("http://127.0.0.1:9");
  traceWith(away);
  await change("With nobody listening");
  expect(traceId()).toBeUndefined();
  const began = performance.now();
  await away?.stop();
  expect(performance.now() - began).toBeLessThan(8_000);
}, 30_000);

test("without a collector there is nothing to trace with, and work is just done", async () => {
  expect(await openTracing(undefined, log)).toBeUndefined();
  traceWith(undefined);
  expect(await traced("a step", { kind: "server" }, async (span) => span)).toBeUndefined();
});
