import type { Task } from "meilisearch";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { WaitingDocument } from "../../../../src/modules/search/sync/documents.ts";
import { Portions } from "../../../../src/modules/search/sync/portions.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const waiting = (
  count: number,
  locale: string,
  generation = 1,
  more: Partial<WaitingDocument> = {},
): WaitingDocument[] =>
  Array.from({ length: count }, (_, n) => ({
    tenantId: "tenant",
    kind: "product",
    generation,
    entityId: String(n),
    locale,
    version: 1,
    attempts: 0,
    refused: false,
    live: true,
    own: false,
    ...more,
  }));

/** As Meilisearch reports it. */
const done = (batchUid: number, receivedDocuments: number, seconds: number) =>
  ({
    batchUid,
    details: { receivedDocuments },
    startedAt: "2026-11-23T00:00:00.000Z",
    finishedAt: new Date(Date.UTC(2026, 10, 23) + seconds * 1_000).toISOString(),
  }) as Task;

test("few documents go at once, whatever their indexes", () => {
  const few = [...waiting(250, "en"), ...waiting(250, "de")];
  expect(new Portions().of(few)).toEqual(few);
});

test("of many, one index's go, and then another's", () => {
  const portions = new Portions();
  const many = [...waiting(2_000, "en"), ...waiting(400, "de"), ...waiting(300, "fr")];
  const chosen = Array.from({ length: 4 }, () => portions.of(many));
  expect(chosen.map((portion) => [portion.length, portion[0]?.locale])).toEqual([
    [1_000, "en"],
    [400, "de"],
    [300, "fr"],
    [1_000, "en"],
  ]);
  expect(chosen.every((portion) => new Set(portion.map(({ locale }) => locale)).size === 1)).toBe(
    true,
  );
});

test("as many as the engine lately did in 0.7 s, within bounds", () => {
  const portions = new Portions();
  const size = () => portions.of(waiting(20_000, "en")).length;
  expect(size()).toBe(1_000);
  portions.learn([done(1, 1_000, 0.5)]);
  expect(size()).toBe(1_400);
  // Done together: 1,400 in 1.4 s.
  portions.learn([done(2, 700, 1.4), done(2, 700, 1.4)]);
  expect(size()).toBe(700);
  portions.learn([done(3, 10, 5)]);
  expect(size()).toBe(700);
  portions.learn([done(4, 700, 10)]);
  expect(size()).toBe(500);
  for (let batch = 5; batch < 15; batch++) portions.learn([done(batch, size(), 0.01)]);
  expect(size()).toBe(5_000);
});

test("more where one read model has had the engine to itself for ten seconds, until another comes", () => {
  const portions = new Portions();
  const filling = waiting(20_000, "en", 2);
  const size = (beside: WaitingDocument[] = []) => portions.of([...beside, ...filling]).length;
  portions.learn([done(1, 1_000, 0.7)]);
  expect(size()).toBe(1_000);
  vi.advanceTimersByTime(10_001);
  expect(size()).toBe(2_000);
  // 2,000 in 2.5 s.
  portions.learn([done(2, 2_000, 2.5)]);
  expect(size()).toBe(1_600);
  expect(portions.choice).toBe(4_800);
  expect(portions.mostUnderWay).toBe(2);
  expect(size(waiting(101, "en"))).toBe(560);
  expect(size()).toBe(560);
  expect(portions.mostUnderWay).toBe(1);
  vi.advanceTimersByTime(10_001);
  expect(size()).toBe(1_600);
});

test("those with few to send take turns with one that fills the engine", () => {
  const portions = new Portions();
  const few = [...waiting(2, "en"), ...waiting(2, "de")];
  const many = [...few, ...waiting(3_000, "en", 2)];
  expect(portions.of(many)).toEqual(few);
  expect(portions.of(many).length).toBe(1_000);
  expect(portions.of(many)).toEqual(few);
});

test("one that is built beside what is searched does not go first, however few of it are to be chosen from", () => {
  const portions = new Portions();
  const built = waiting(50, "en", 2, { live: false });
  const many = [...built, ...waiting(3_000, "en")];
  expect([portions.of(many).length, portions.of(many).length]).toEqual([1_000, 1_000]);
});

test("tenants' own indexes are as many as there are tenants that have some", () => {
  const portions = new Portions();
  const all = ["first", "second"].flatMap((tenantId) =>
    waiting(600, "en", 1, { tenantId, own: true }),
  );
  const chosen = [portions.of(all), portions.of(all)];
  expect(chosen.map((portion) => [portion.length, portion[0]?.tenantId])).toEqual([
    [600, "first"],
    [600, "second"],
  ]);
});

test("where all have few, those of one index go", () => {
  const portions = new Portions();
  const all = Array.from({ length: 10 }, (_, n) => [
    ...waiting(60, "en", n),
    ...waiting(40, "de", n),
  ]).flat();
  expect(new Set(portions.of(all).map(({ locale }) => locale))).toEqual(new Set(["en"]));
});
