import pg from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { claim, markDispatched } from "#kernel/events/outbox";
import { keepPartitions } from "#kernel/events/outbox-partitions";
import { newId } from "#kernel/ids";
import { forgetOldSteps } from "#kernel/jobs/steps";
import { createProduct, products } from "#modules/commerce";
import { eventsOf, installation } from "#test/installation";

const { anEditor, db, owner } = await installation();
const day = 24 * 3600_000;
const week = 7 * day;

let editor: RequestContext;

/** Weeks from nine ago on, as they were if the installation had run for so long. */
beforeAll(async () => {
  await owner.query("alter table sys_events detach partition outbox.sys_events_before");
  await owner.query(`
    do $$
    declare
      begins timestamptz := date_trunc('week', now() - interval '9 weeks', 'UTC');
    begin
      execute format('create table outbox.sys_events_first partition of sys_events for values from (minvalue) to (%L)',
        oldest_id_since(begins));
      while begins < date_trunc('week', now() + interval '8 days', 'UTC') loop
        execute format('create table outbox.%I partition of sys_events for values from (%L) to (%L)',
          'sys_events_from_' || to_char(begins at time zone 'UTC', 'YYYYMMDD'),
          oldest_id_since(begins), oldest_id_since(begins + interval '1 week'));
        begins := begins + interval '1 week';
      end loop;
    end $$`);
  editor = await anEditor();
});

beforeEach(async () => {
  await owner.query("truncate sys_events, event_jobs");
});

/** With an id such as it had if it was made so long ago. */
async function anEvent(agoMs: number, dispatched = true, tenant = editor.tenant.id) {
  const at = new Date(Date.now() - agoMs);
  const made = at.getTime().toString(16).padStart(12, "0");
  const id = `${made.slice(0, 8)}-${made.slice(8)}${newId().slice(13)}`;
  await owner.query(
    `insert into sys_events (id, tenant_id, type, version, aggregate_id, revision, payload, occurred_at, dispatched_at)
     values ($1, $2, 'thing.happened', 1, $1, 1, '{}', $3, $4)`,
    [id, tenant, at, dispatched ? at : null],
  );
  return id;
}

const ids = async () =>
  (await owner.query<{ id: string }>("select id from sys_events order by id")).rows.map(
    ({ id }) => id,
  );
const partitions = async () =>
  (
    await owner.query<{ name: string }>(
      `select split_part(partition::text, '.', 2) as name from outbox.partitions order by until_id`,
    )
  ).rows.map(({ name }) => name);
const placeOf = async (id: string) =>
  (
    await owner.query<{ place: string }>(
      "select tableoid::regclass::text as place from sys_events where id = $1",
      [id],
    )
  ).rows[0]?.place;

test("a week goes whole once it is over; those that something is needed of stay, with that alone", async () => {
  const gone = [await anEvent(9 * week), await anEvent(9 * week - day)];
  const waiting = await anEvent(8 * week, false);
  const besideIt = await anEvent(8 * week);
  const failed = await anEvent(7 * week);
  await owner.query(
    "insert into event_jobs values ($1, $2, 'index-products', now(), now(), 1, 'no disk')",
    [failed, editor.tenant.id],
  );
  const lately = await anEvent(6 * week);
  await owner.query("update sys_events set dispatched_at = now() where id = $1", [lately]);
  const young = await anEvent(2 * week);
  const weekOf = await placeOf(waiting);

  const { dropped } = await keepPartitions(db);
  expect(dropped.length).toBeGreaterThanOrEqual(2);
  expect(dropped).not.toContain(weekOf);
  expect(await ids()).toEqual([waiting, besideIt, failed, lately, young].toSorted());
  expect(await ids()).not.toEqual(expect.arrayContaining(gone));
  // Beside what keeps a week, the rest of it goes row by row.
  expect(await forgetOldSteps(db)).toEqual({ steps: 0, events: 1 });
  expect(await ids()).toEqual([waiting, failed, lately, young].toSorted());
  expect(await keepPartitions(db)).toEqual({ made: [], moved: 0, dropped: [] });

  // Handed over at last, and mended: their weeks are over.
  await owner.query("update event_jobs set failure = null");
  await owner.query("update sys_events set dispatched_at = occurred_at");
  expect((await keepPartitions(db)).dropped).toHaveLength(3);
  expect(await ids()).toEqual([young]);
});

test("what fits into no week is written all the same, handed over once, and finds its week later", async () => {
  // Nobody has made a week for long: neither the next ones nor this.
  const lately = new Date(Date.now() - week).toISOString().slice(0, 10).replaceAll("-", "");
  const missed = (await partitions()).filter(
    (name) => name.startsWith("sys_events_from_") && name > `sys_events_from_${lately}`,
  );
  for (const name of missed) await owner.query(`drop table outbox.${name}`);

  const given = { handle: "lamp", translations: [{ locale: "en", title: "Lamp" }] };
  const product = await products.create(editor, createProduct(editor.tenant).parse(given));
  expect((await eventsOf(editor)).map(({ type }) => type)).toEqual(["product.created"]);
  const [id = ""] = await ids();
  expect(await placeOf(id)).toBe("outbox.sys_events_otherwise");

  const { made, moved } = await keepPartitions(db);
  expect([made.length >= 4, moved]).toEqual([true, 1]);
  expect(await placeOf(id)).toMatch(/^outbox\.sys_events_from_/);
  expect(await placeOf(id)).not.toBe("outbox.sys_events_otherwise");
  const claimed = await asRelay((relay) => claim(relay, 10));
  expect(claimed.map((event) => [event.id, event.aggregateId])).toEqual([[id, product.id]]);
  // Only so far ahead.
  expect((await keepPartitions(db)).made).toEqual([]);
});

test("several relays share what waits in several weeks, and none claims what another holds", async () => {
  const waiting = [
    await anEvent(3 * week, false),
    await anEvent(day, false),
    await anEvent(0, false),
  ];
  await asRelay(async (one) => {
    const first = await claim(one, 1);
    expect(first.map(({ id }) => id)).toEqual([waiting[0]]);
    await asRelay(async (other) => {
      const rest = await claim(other, 10);
      expect(rest.map(({ id }) => id)).toEqual(waiting.slice(1));
      await markDispatched(other, rest);
    });
    await markDispatched(one, first);
  });
  const left = await owner.query("select from sys_events where dispatched_at is null");
  expect(left.rowCount).toBe(0);
});

test("a tenant's events are forgotten by id: a row's place is another's in the next week", async () => {
  const elsewhere = await anEditor();
  await owner.query("truncate sys_events");
  await anEvent(2 * week);
  const theirs = await anEvent(3 * week, true, elsewhere.tenant.id);
  const { rows } = await owner.query<{ ctid: string }>(
    "select distinct ctid::text from sys_events",
  );
  expect(rows).toHaveLength(1);
  await asRelay((relay) =>
    relay.query("select remove_events_of_tenant($1, 100)", [editor.tenant.id]),
  );
  expect(await ids()).toEqual([theirs]);
});

test("a week that somebody writes to past its second waits for its next turn", async () => {
  await anEvent(9 * week - day);
  await owner.query(`do $$ begin
    if not exists (select from outbox.partitions where until_id <= oldest_id_since(now() - interval '30 days')) then
      create table outbox.sys_events_first partition of sys_events for values from (minvalue)
        to ('00000000-0000-0000-0000-000000000001');
    end if; end $$`);
  const before = await partitions();
  const writer = new pg.Client({ connectionString: db.url });
  await writer.connect();
  try {
    await writer.query("begin");
    await writer.query("lock table only sys_events in row exclusive mode");
    expect((await keepPartitions(db)).dropped).toEqual([]);
    expect(await partitions()).toEqual(before);
    await writer.query("commit");
  } finally {
    await writer.end();
  }
  expect((await keepPartitions(db)).dropped.length).toBeGreaterThan(0);
});

test("nobody who serves gets at a week but by way of the whole", async () => {
  const [name] = await partitions();
  for (const role of ["rustok_app", "rustok_relay", "rustok_watch"]) {
    const client = new pg.Client({ connectionString: db.url, options: `-c role=${role}` });
    await client.connect();
    try {
      await expect(client.query(`select from outbox.${name}`)).rejects.toMatchObject({
        code: "42501",
      });
    } finally {
      await client.end();
    }
  }
});

async function asRelay<T>(work: (relay: pg.Client) => Promise<T>): Promise<T> {
  const relay = new pg.Client({ connectionString: db.url, options: "-c role=rustok_relay" });
  await relay.connect();
  try {
    await relay.query("begin");
    const result = await work(relay);
    await relay.query("commit");
    return result;
  } finally {
    await relay.end();
  }
}
