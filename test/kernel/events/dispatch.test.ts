import { expect, test } from "vitest";
import { z } from "zod";
import { jobsFor } from "#kernel/events/dispatch";
import { defineEvent } from "#kernel/events/event";
import { distinct, on } from "#kernel/events/listeners";
import type { StoredEvent } from "#kernel/events/outbox";
import { newId } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";

const payload = z.object({ thingId: z.string() });
const ThingChanged = defineEvent("thing.changed", { version: 1, payload });
const ThingLost = defineEvent("thing.lost", { version: 1, payload });
const refresh = defineJob({
  name: "refresh",
  payload: z.object({ ids: z.array(z.string()) }),
  retry: { attempts: 1, firstDelayMs: 1 },
  run: async () => {},
});
const listeners = [
  on(
    [ThingChanged],
    refresh,
    distinct(
      ({ thingId }) => thingId,
      (ids) => ({ ids }),
    ),
  ),
];

const anEvent = (
  tenantId: string,
  thingId: string,
  { type } = ThingChanged,
  traceparent: string | null = null,
): StoredEvent => ({
  id: newId(),
  tenantId,
  type,
  version: 1,
  aggregateId: thingId,
  revision: 1,
  payload: { thingId },
  occurredAt: new Date(),
  traceparent,
});

const dataOf = (events: StoredEvent[]) => jobsFor(events, listeners).map(({ data }) => data);
const idsOf = (events: StoredEvent[]) => events.map(({ id }) => id);

test("a burst of changes of one thing is one job, which answers for all of the events", () => {
  const events = [anEvent("a", "one"), anEvent("a", "two"), anEvent("a", "one")];
  const [first, second, third] = events.map(({ id }) => id);
  expect(dataOf(events)).toEqual([
    { tenantId: "a", payload: { ids: ["one", "two"] }, eventIds: [first, third, second] },
  ]);
});

test("a job has a hundred ids at most, and answers for the events about those alone", () => {
  const events = Array.from({ length: 250 }, (_, n) => anEvent("a", `thing ${n}`));
  const late = anEvent("a", "thing 0");
  const jobs = dataOf([...events, late]);
  expect(jobs.map(({ eventIds }) => eventIds)).toEqual([
    [events[0]?.id, late.id, ...idsOf(events.slice(1, 100))],
    idsOf(events.slice(100, 200)),
    idsOf(events.slice(200)),
  ]);
  expect(jobs[1]?.payload).toEqual({ ids: events.slice(100, 200).map((each) => each.aggregateId) });
});

test("tenants share no job, and what nobody listens to has none", () => {
  const [ours, theirs] = [anEvent("a", "one"), anEvent("b", "one")];
  expect(dataOf([ours, theirs, anEvent("a", "one", ThingLost)])).toEqual([
    { tenantId: "a", payload: { ids: ["one"] }, eventIds: [ours.id] },
    { tenantId: "b", payload: { ids: ["one"] }, eventIds: [theirs.id] },
  ]);
});

test("a listener that has one job for however many events gets none where it hears none", () => {
  const whole = on([ThingLost], refresh, (events) => [{ payload: { ids: [] }, events }]);
  expect(jobsFor([anEvent("a", "one"), anEvent("b", "one")], [whole])).toEqual([]);
  const lost = anEvent("a", "one", ThingLost);
  expect(jobsFor([lost, anEvent("b", "one")], [whole]).map(({ data }) => data)).toEqual([
    { tenantId: "a", payload: { ids: [] }, eventIds: [lost.id] },
  ]);
});

test("a job knows the traces of the changes it stands for, each once, and of an import the first hundred", () => {
  const traced = (trace: string | null) => anEvent("a", "one", ThingChanged, trace);
  expect(dataOf([traced("t1"), traced("t2"), traced("t1"), traced(null)])).toMatchObject([
    { traces: ["t1", "t2"] },
  ]);
  expect(dataOf([traced(null)])[0]).not.toHaveProperty("traces");
  const many = Array.from({ length: 300 }, (_, n) => traced(`t${n}`));
  expect(dataOf(many)[0]?.traces).toHaveLength(100);
});
