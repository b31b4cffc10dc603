import { uuidToULID } from "ulid";
import { afterAll, beforeEach, expect, test } from "vitest";
import { loadConfig } from "#config";
import { newId } from "#kernel/ids";
import { recordStep } from "#kernel/jobs/steps";
import type { Runtime } from "#processes/runtime";
import { openSearch } from "#processes/search";
import { settled, startBackground } from "#test/background";
import { installation, log, registry } from "#test/installation";
import { server } from "#test/server";
import { aShop, type Shop } from "#test/shop";
import { find, told } from "../../src/commands/trace.ts";

const { db, owner, tokens } = await installation();
const client = await server();
const background = await startBackground();
afterAll(() => background.stop());

const runtime: Runtime = {
  config: loadConfig({ RUSTOK_SECRET: "a secret that only tests may know of" }),
  db,
  log,
  registry,
  ownerUrl: db.url,
  search: await openSearch(undefined, db, log),
  tokens,
  redis: undefined,
  adapters: {},
  close: async () => {},
};

let shop: Shop;
let product: string;
beforeEach(async () => {
  await owner.query("delete from search_engine");
  await owner.query("insert into search_engine default values");
  shop = await aShop();
  product = await shop.create("Product", {
    handle: "shirt",
    status: "published",
    translations: [{ locale: "en", title: "Shirt" }],
    variants: [{}],
  });
});

async function lastEvent(): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    "select id from sys_events where tenant_id = $1 order by id desc limit 1",
    [shop.editor.tenant.id],
  );
  return rows[0]?.id ?? "";
}

const query = `query ($id: Id!) { trace(eventId: $id) {
  id type aggregateId revision actorId requestId occurredAt handedOverAt
  jobs { job attempts failure tookMs afterMs startedAt finishedAt }
  rows { kind locale generation live revision showsChange visible indexedAt }
  documents { kind locale generation live since sentAt task doneAt problem }
} }`;

interface Traced {
  trace: Record<"occurredAt" | "handedOverAt", string> & {
    jobs: { job: string; tookMs: number; afterMs: number; finishedAt: string }[];
    rows: Record<string, unknown>[];
    documents: Record<string, unknown>[];
  };
}

test("a change is followed from the mutation to the search engine, times in order", async () => {
  await settled();
  const id = await lastEvent();
  await owner.query(
    "update search_documents set sent_at = now(), done_task = 7, done_at = now(), done_version = version where entity_id = $1 and locale = 'en'",
    [product],
  );
  const { trace } = await shop.edit<Traced>(query, { id: uuidToULID(id) });
  const { actor } = shop.editor;
  const row = {
    kind: "product",
    generation: 1,
    live: true,
    revision: 1,
    showsChange: true,
    visible: true,
  };
  expect(trace).toMatchObject({
    id,
    type: "product.published",
    aggregateId: product,
    revision: 1,
    actorId: actor.kind === "user" && actor.userId,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    jobs: expect.arrayContaining(
      ["fan-out-webhooks", "index-products"].map((job) =>
        expect.objectContaining({ job, attempts: 1, failure: null }),
      ),
    ),
    rows: ["de", "en"].map((locale) => ({ ...row, locale })),
    documents: [
      { kind: "product", locale: "de", generation: 1, live: true, doneAt: null, task: null },
      { kind: "product", locale: "en", task: 7, doneAt: expect.any(String), problem: null },
    ],
  });
  const job = trace.jobs.find((each) => each.job === "index-products");
  // A job may be done before the relay has noted that it handed it over.
  expect(Date.parse(trace.handedOverAt)).toBeGreaterThan(Date.parse(trace.occurredAt));
  expect(job?.tookMs).toBeGreaterThanOrEqual(0);
  expect(job?.afterMs).toBeGreaterThan(job?.tookMs ?? Infinity);
});

test("what has not come through is said: a row from before the change, a job that fails, a document that is refused", async () => {
  await settled();
  await background.stop();
  await shop.edit(
    "mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }",
    { input: { id: product, vendor: "Acme" } },
  );
  const id = await lastEvent();
  const step = { tenantId: shop.editor.tenant.id, job: "index-products", eventIds: [id] };
  // So short that it began after the change, however fast the machine is.
  await recordStep(db, { ...step, tookMs: 1, attempt: 3, failure: "no space left" });
  await owner.query(
    "update search_documents set refused_version = version, problem = 'too long' where entity_id = $1",
    [product],
  );
  const { trace } = await shop.edit<Traced>(query, { id });
  expect(trace).toMatchObject({
    type: "product.updated",
    revision: 2,
    handedOverAt: null,
    jobs: [{ job: "index-products", attempts: 3, failure: "no space left" }],
    rows: [{ revision: 1, showsChange: false }, { showsChange: false }],
    documents: [{ problem: "too long", doneAt: null }, { problem: "too long" }],
  });

  const page = told("acme", (await find(runtime, id, undefined)).trace).split("\n");
  expect(page[0]).toBe(`product.updated ${id} of acme: ${product} at revision 2`);
  const steps = page.slice(1).map((line) => line.slice(40));
  expect(steps).toEqual([
    ...["de", "en"].map(
      (locale) =>
        `read model: product in ${locale}, generation 1, revision 1, from before the change`,
    ),
    expect.stringMatching(/^changed by [0-9a-f-]{36}, request [0-9a-f-]{36}$/),
    "index-products began, attempt 3",
    "index-products failed: no space left, after 1 ms",
    "not handed over yet: it waits for a relay",
    "search engine: product in de, generation 1, refused: too long",
    "search engine: product in en, generation 1, refused: too long",
    "",
  ]);
});

test("what is shown by others has jobs and no rows of its own", async () => {
  await shop.create("Tag", { scope: "product", handle: "sale", name: "Sale" });
  const id = await lastEvent();
  const { trace } = await shop.edit<Traced>(query, { id });
  expect(trace).toMatchObject({ type: "tag.created", rows: [], documents: [] });
});

test("another tenant's event is as unknown as none at all, and a visitor may not ask", async () => {
  const id = await lastEvent();
  const elsewhere = await aShop();
  for (const unknown of [id, newId()]) {
    expect(await elsewhere.edit(query, { id: unknown })).toEqual({ trace: null });
  }
  const { errors } = await client.graphql(shop.editor.tenant, query, { id });
  expect(errors?.[0]?.extensions["code"]).toBe("UNAUTHENTICATED");

  const { slug } = shop.editor.tenant;
  expect(await find(runtime, id, undefined)).toMatchObject({ tenant: slug, trace: { id } });
  expect(await find(runtime, id, slug)).toMatchObject({ tenant: slug });
  expect(await find(runtime, product, undefined)).toMatchObject({ trace: { id } });
  for (const [event, tenant] of [[id, elsewhere.editor.tenant.slug], [newId()], ["nonsense"]]) {
    await expect(find(runtime, event ?? "", tenant)).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});
