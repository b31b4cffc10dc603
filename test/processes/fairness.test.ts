import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import type { Enqueue } from "#kernel/jobs/job";
import { findTenant } from "#kernel/tenancy/find-tenants";
import type { TenantKey } from "#kernel/tenancy/names";
import * as commerce from "#modules/commerce";
import { openQueues } from "#processes/queues";
import { startRelay } from "#processes/relay";
import { startWorkers } from "#processes/worker";
import { backends, emptyRedis } from "#test/backends";
import { installation, log, registry } from "#test/installation";

const { anEditor, db, owner } = await installation();

/** What another tenant's publish is to take at most. */
const objectiveMs = 2_000;
const importedProducts = 3_000;
const importedEvents = 30_000;

let importer: RequestContext;
let shop: RequestContext;
beforeAll(async () => {
  [importer, shop] = [await anEditor(), await anEditor()];
  await owner.query(
    `with made as (
       insert into products (id, tenant_id, handle, status, revision, published_at, created_at, updated_at)
       select gen_random_uuid(), $1, 'p' || n, 'published', 1, now(), now(), now()
       from generate_series(1, $2) n
       returning id
     ),
     told as (
       insert into product_translations (tenant_id, product_id, locale, title, description)
       select $1, id, 'en', 'Imported thing', 'Some words that tell of it.' from made
     )
     insert into product_variants (id, tenant_id, product_id, position)
     select gen_random_uuid(), $1, id, n from made, generate_series(0, 0) n`,
    [importer.tenant.id, importedProducts],
  );
});

beforeEach(async () => {
  await owner.query("truncate sys_events, event_jobs, bullmq.job cascade");
  await emptyRedis();
});

/** As if the importer had made them all a moment ago, one after the other. */
async function importALot(): Promise<void> {
  await owner.query(
    `insert into sys_events (id, tenant_id, type, version, aggregate_id, revision, payload, occurred_at)
     select ('01000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, 'product.updated', 1, id, 1,
            jsonb_build_object('productId', id, 'revision', 1), now()
     from (select id, row_number() over (order by id) as place from products where tenant_id = $1) p,
          generate_series(0, $2 - 1) round, lateral (select round * $3::integer + place) as numbered (n)`,
    [importer.tenant.id, importedEvents / importedProducts, importedProducts],
  );
  await owner.query("notify rustok_outbox");
}

let stop = async () => {};
afterEach(() => stop());

/** Relay and workers as a process of both roles has them, but for what is put between. */
function startBackground(through: (enqueue: Enqueue) => Enqueue, redisUrl?: string): void {
  const queues = openQueues({
    databaseUrl: db.url,
    redisUrl,
    jobs: registry.jobs,
    onError: () => {},
  });
  const find = (key: TenantKey) => findTenant(db, key);
  const { jobs, owners } = registry;
  startWorkers({ queues, jobs, concurrency: 2, db, findTenant: find, owners, log });
  const enqueue = through(queues.enqueue);
  const relay = startRelay({ url: db.url, listeners: registry.listeners, enqueue, log });
  stop = async () => {
    await relay.stop();
    await queues.close();
  };
}

/** How many of the importer's events are not in the read model. */
const waiting = async () => {
  const { rows } = await owner.query<{ done: number }>(
    "select count(distinct event_id)::integer as done from event_jobs where tenant_id = $1 and job = $2",
    [importer.tenant.id, "index-products"],
  );
  return importedEvents - (rows[0]?.done ?? 0);
};

/** How long it takes for a product to be where storefronts read, in milliseconds; no longer than is waited for. */
async function publishes(patienceMs: number): Promise<number> {
  const handle = `p${newId()}`;
  const input = commerce.createProduct(shop.tenant).parse({
    handle,
    status: "published",
    translations: [{ locale: "en", title: "A thing" }],
    variants: [{}],
  });
  const began = performance.now();
  await commerce.products.create(shop, input);
  for (;;) {
    const { rows } = await db.pool.query("select from storefront_product($1, 'en', $2)", [
      shop.tenant.id,
      handle,
    ]);
    const tookMs = performance.now() - began;
    if (rows.length > 0 || tookMs > patienceMs) return tookMs;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test.each(backends)(
  "while one tenant imports, another's publishes are seen within two seconds, with the queues on $name",
  { timeout: 60_000 },
  async ({ redisUrl }) => {
    startBackground((enqueue) => enqueue, await redisUrl());
    await publishes(10_000);
    await importALot();
    const tookMs: number[] = [];
    for (let n = 0; n < 25; n++) tookMs.push(await publishes(20_000));
    // All the while there was more of the import than the workers could do.
    expect(await waiting()).toBeGreaterThan(1_000);
    expect(Math.max(...tookMs)).toBeLessThan(objectiveMs);
  },
);

test("the control: with all jobs alike, they are not", async () => {
  startBackground(
    (enqueue) => (requests) => enqueue(requests.map(({ job, data }) => ({ job, data }))),
  );
  await publishes(10_000);
  await importALot();
  const tookMs: number[] = [];
  for (let n = 0; n < 3; n++) tookMs.push(await publishes(objectiveMs + 500));
  expect(Math.max(...tookMs)).toBeGreaterThan(objectiveMs);
});
