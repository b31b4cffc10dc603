import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { distinct, on } from "#kernel/events/listeners";
import { Id } from "#kernel/ids";
import { defineJob, type JobRequest } from "#kernel/jobs/job";
import { TagCreated, TagDeleted, tags } from "#modules/taxonomy";
import { tenants } from "#modules/tenants";
import { nextRest, startRelay, type Relay } from "#processes/relay";
import { installation, log } from "#test/installation";

const { anEditor, db, owner } = await installation();

const noticeTags = defineJob({
  name: "notice-tags",
  payload: z.object({ tagIds: z.array(Id) }),
  retry: { attempts: 1, firstDelayMs: 1 },
  run: async () => {},
});
const listeners = [
  on(
    [TagCreated],
    noticeTags,
    distinct(
      (payload) => payload["tagId"],
      (tagIds) => ({ tagIds }),
    ),
  ),
];

let relays: Relay[] = [];
let handedOver: JobRequest[] = [];

function relay(
  enqueue = async (requests: JobRequest[]) => void handedOver.push(...requests),
): Relay {
  const started = startRelay({ url: db.url, listeners, enqueue, log });
  relays.push(started);
  return started;
}

const handedIds = () =>
  handedOver.flatMap(({ data }) => (data.payload as { tagIds: string[] }).tagIds).toSorted();
const undispatched = async () =>
  (await owner.query("select from sys_events where dispatched_at is null")).rowCount;
const aTag = (handle: string) => ({ scope: "product" as const, handle, name: handle });

beforeEach(async () => {
  handedOver = [];
  await owner.query("update sys_events set dispatched_at = now()");
});
afterEach(async () => {
  await Promise.all(relays.map((each) => each.stop()));
  relays = [];
});

test("a commit wakes the relay, which asks for the listener's job", async () => {
  const editor = await anEditor();
  relay();
  await expect.poll(() => listening(), { timeout: 10_000 }).toBe(1);
  const tag = await tags.create(editor, aTag("one"));
  await vi.waitFor(() => expect(handedIds()).toEqual([tag.id]));
  expect(handedOver[0]?.data).toMatchObject({
    tenantId: editor.tenant.id,
    payload: { tagIds: [tag.id] },
  });
  await vi.waitFor(async () => expect(await undispatched()).toBe(0), 10_000);
});

test("what waited while no relay ran is handed over at its start, coalesced by tenant", async () => {
  const [first, second] = [await anEditor(), await anEditor()];
  const made: string[] = [];
  for (const n of [1, 2, 3]) made.push((await tags.create(first, aTag(`t${n}`))).id);
  made.push((await tags.create(second, aTag("other"))).id);
  relay();
  await vi.waitFor(() => expect(handedIds()).toEqual(made.toSorted()), 10_000);
  expect(handedOver.map(({ data }) => data.tenantId)).toEqual([first.tenant.id, second.tenant.id]);
});

test("an event nobody listens to is done with", async () => {
  const editor = await anEditor();
  const { id } = await tags.create(editor, aTag("one"));
  await tags.remove(editor, { id });
  relay();
  await vi.waitFor(async () => expect(await undispatched()).toBe(0), 10_000);
  expect(handedOver).toHaveLength(1);
  expect(TagDeleted.type).toBe("tag.deleted");
});

test("a queue that is down loses nothing: the events wait and go out when it is back", async () => {
  const editor = await anEditor();
  let down = true;
  relay(async (requests) => {
    if (down) throw new Error("the queue is down");
    handedOver.push(...requests);
  });
  const tag = await tags.create(editor, aTag("one"));
  await expect.poll(() => undispatched(), { timeout: 10_000 }).toBe(1);
  expect(handedOver).toEqual([]);
  down = false;
  await vi.waitFor(() => expect(handedIds()).toEqual([tag.id]), 10_000);
});

test("an event whose jobs were queued but not marked is handed over again, not lost", async () => {
  const editor = await anEditor();
  let crashed = false;
  relay(async (requests) => {
    handedOver.push(...requests);
    if (!crashed && requests.length > 0) {
      crashed = true;
      throw new Error("killed after the jobs were queued");
    }
  });
  const tag = await tags.create(editor, aTag("one"));
  await vi.waitFor(() => expect(handedIds()).toEqual([tag.id, tag.id]), 10_000);
  await vi.waitFor(async () => expect(await undispatched()).toBe(0), 10_000);
});

test("what is changed in a suspended tenant waits until it is resumed, and what was before does not", async () => {
  const [editor, other] = [await anEditor(), await anEditor()];
  const before = await tags.create(editor, aTag("before"));
  await tenants.suspend(editor);
  const meanwhile = await tags.create(editor, aTag("meanwhile"));
  const others = await tags.create(other, aTag("others"));
  relay();
  await vi.waitFor(() => expect(handedIds()).toEqual([before.id, others.id].toSorted()), 10_000);
  await vi.waitFor(async () => expect(await undispatched()).toBe(1), 10_000);
  await tenants.resume(editor);
  await vi.waitFor(() => expect(handedIds()).toContain(meanwhile.id), 10_000);
  await vi.waitFor(async () => expect(await undispatched()).toBe(0), 10_000);
});

test("several relays share the work and hand each event over once", async () => {
  const editor = await anEditor();
  for (let n = 0; n < 3; n++) relay();
  const made = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => (await tags.create(editor, aTag(`t${n}`))).id),
  );
  await vi.waitFor(async () => expect(await undispatched()).toBe(0), 10_000);
  expect(handedIds()).toEqual(made.toSorted());
});

test("one tenant's thousands keep nobody else waiting, and come later than who has few", async () => {
  const [importer, other] = [await anEditor(), await anEditor()];
  await owner.query(
    `insert into sys_events (id, tenant_id, type, version, aggregate_id, revision, payload)
     select ('01000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, $2, 1, gen_random_uuid(), 1,
            jsonb_build_object('tagId', gen_random_uuid())
     from generate_series(1, 2_000) n`,
    [importer.tenant.id, TagCreated.type],
  );
  const tag = await tags.create(other, aTag("one"));
  const batches: JobRequest[][] = [];
  relay(async (requests) => void batches.push(requests));
  await vi.waitFor(async () => expect(await undispatched()).toBe(0), 10_000);

  const ofTenant =
    (id: string) =>
    (requests: JobRequest[] = []) =>
      requests.filter(({ data }) => data.tenantId === id);
  const [theirs] = ofTenant(other.tenant.id)(batches[0]);
  expect(theirs).toMatchObject({ priority: 0, data: { payload: { tagIds: [tag.id] } } });
  const many = batches.flatMap(ofTenant(importer.tenant.id));
  expect(many).toHaveLength(20 + 1);
  expect(many.map(({ priority = 0 }) => priority)).toEqual(
    many.map(({ priority = 0 }) => priority).toSorted((one, next) => one - next),
  );
  expect(many.at(-1)?.priority).toBeGreaterThan(3);
});

test("a lost notification delays an event, and no more", async () => {
  const editor = await anEditor();
  relay();
  await expect.poll(() => listening(), { timeout: 10_000 }).toBe(1);
  // The listening connection goes, as it does when a proxy drops it: the next one must find the event.
  // Other files' relays, on the same cluster, keep theirs.
  await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'rustok relay' and datname = current_database()`,
  );
  const tag = await tags.create(editor, aTag("one"));
  await vi.waitFor(() => expect(handedIds()).toEqual([tag.id]), 10_000);
});

const listening = async () =>
  (
    await owner.query(
      "select from pg_stat_activity where application_name = 'rustok relay' and datname = current_database()",
    )
  ).rowCount;

test("while several things change between hand-overs, it rests longer; what comes alone never waits for long", () => {
  const rests = (changes: number[]) =>
    changes.reduce<number[]>((all, changed) => [...all, nextRest(all.at(-1) ?? 0, changed)], []);
  expect(rests([1, 1, 1])).toEqual([0, 0, 0]);
  expect(rests([2, 3, 9, 20, 40, 50])).toEqual([25, 50, 100, 200, 400, 500]);
  expect(rests([500, 500, 500, 500, 500, 500, 1, 1, 1, 1, 1, 1])).toEqual([
    25, 50, 100, 200, 400, 500, 250, 125, 62.5, 31.25, 15.625, 0,
  ]);
});
