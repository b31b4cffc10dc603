import { beforeAll, beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { forgetOldSteps, recordStep, type Step } from "#kernel/jobs/steps";
import { installation } from "#test/installation";

const { anEditor, db, owner } = await installation();

let editor: RequestContext;
beforeAll(async () => {
  editor = await anEditor();
});
beforeEach(async () => {
  await owner.query("truncate event_jobs, sys_events");
});

const aStep = (eventIds: string[], overrides: Partial<Step> = {}): Step => ({
  tenantId: editor.tenant.id,
  job: "index-products",
  eventIds,
  tookMs: 250,
  attempt: 1,
  ...overrides,
});

async function onRecord() {
  const { rows } = await owner.query<{
    event_id: string;
    tenant_id: string;
    job: string;
    attempts: number;
    failure: string | null;
    ms: number;
    finished_at: Date;
  }>(
    `select *, extract(epoch from finished_at - started_at)::float8 * 1000 as ms
     from event_jobs order by event_id, job`,
  );
  return rows;
}

test("the end of a job is on record for each of its events, with the time it took", async () => {
  const events = [newId(), newId()];
  await recordStep(db, aStep(events.toReversed(), { attempt: 2 }));
  const step = { tenant_id: editor.tenant.id, job: "index-products", attempts: 2, failure: null };
  expect(await onRecord()).toMatchObject(
    events.map((event_id) => ({ ...step, event_id, ms: 250 })),
  );
});

test("a job without events leaves no record", async () => {
  await recordStep(db, aStep([]));
  expect(await onRecord()).toEqual([]);
});

test("a retry takes the place of the failure before it", async () => {
  const id = newId();
  await recordStep(db, aStep([id], { failure: "out of disk" }));
  expect(await onRecord()).toMatchObject([{ attempts: 1, failure: "out of disk" }]);
  await recordStep(db, aStep([id], { attempt: 2, failure: "x".repeat(10_000) }));
  expect(await onRecord()).toMatchObject([{ attempts: 2, failure: "x".repeat(2_000) }]);
  await recordStep(db, aStep([id], { attempt: 3 }));
  expect(await onRecord()).toMatchObject([{ attempts: 3, failure: null }]);
});

test("whatever is done again after a success leaves the first time standing", async () => {
  const id = newId();
  await recordStep(db, aStep([id]));
  const first = await onRecord();
  await recordStep(db, aStep([id], { attempt: 2 }));
  await recordStep(db, aStep([id], { attempt: 3, failure: "too late" }));
  expect(await onRecord()).toEqual(first);
});

test("a record is its tenant's own, and the connection it went through belongs to nobody after it", async () => {
  const stranger = await anEditor();
  const client = await db.pool.connect();
  try {
    await client.query("set synchronous_commit = on");
    const through = { pool: client as unknown as typeof db.pool };
    await recordStep(through, aStep([newId()]));
    await recordStep(through, aStep([newId()], { tenantId: stranger.tenant.id }));
    expect((await client.query("select from event_jobs")).rows).toEqual([]);
    const { rows } = await client.query(
      "select current_setting('synchronous_commit') as waits, current_tenant() as tenant",
    );
    expect(rows).toEqual([{ waits: "on", tenant: null }]);
  } finally {
    client.release(true);
  }
  const tenants = (await onRecord()).map(({ tenant_id }) => tenant_id);
  expect(tenants).toEqual([editor.tenant.id, stranger.tenant.id]);
});

test("old steps and events are forgotten, but for what is undone", async () => {
  const at = (days: number) => new Date(Date.now() - days * 24 * 3600_000);
  // A week of events goes at once, a month after its last day.
  await anEvent(at(38), at(38));
  const kept = {
    new: await anEvent(at(29), at(29)),
    oldHandedOverLately: await anEvent(at(38), at(29)),
    oldAndWaiting: await anEvent(at(38), null),
    oldAndFailed: await anEvent(at(38), at(38)),
  };
  await aRecordOf(kept.new, at(6));
  await aRecordOf(kept.oldHandedOverLately, at(8));
  await aRecordOf(kept.oldAndFailed, at(38), "no disk");

  expect(await forgetOldSteps(db)).toEqual({ steps: 1, events: 1 });
  const left = await owner.query<{ id: string }>("select id from sys_events order by id");
  expect(left.rows.map(({ id }) => id)).toEqual(Object.values(kept).toSorted());
  expect((await onRecord()).map(({ event_id }) => event_id)).toEqual(
    [kept.new, kept.oldAndFailed].toSorted(),
  );
  expect(await forgetOldSteps(db)).toEqual({ steps: 0, events: 0 });
});

/** With an id such as it had if it was made at the time. */
async function anEvent(occurredAt: Date, dispatchedAt: Date | null): Promise<string> {
  const made = occurredAt.getTime().toString(16).padStart(12, "0");
  const id = `${made.slice(0, 8)}-${made.slice(8)}${newId().slice(13)}`;
  await owner.query(
    `insert into sys_events (id, tenant_id, type, version, aggregate_id, revision, payload, occurred_at, dispatched_at)
     values ($1, $2, 'thing.happened', 1, $1, 1, '{}', $3, $4)`,
    [id, editor.tenant.id, occurredAt, dispatchedAt],
  );
  return id;
}

async function aRecordOf(eventId: string, at: Date, failure: string | null = null): Promise<void> {
  await owner.query("insert into event_jobs values ($1, $2, 'index-products', $3, $3, 1, $4)", [
    eventId,
    editor.tenant.id,
    at,
    failure,
  ]);
}
