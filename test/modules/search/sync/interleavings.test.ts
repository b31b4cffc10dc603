import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { type Feeder, startFeeder } from "./a-feeder.ts";
import { aTaskQueue, type Fate } from "./a-task-queue.ts";
import {
  fedDocuments,
  type FedDocuments,
  openFeedersConnection,
  type State,
} from "./fed-documents.ts";

let documents: FedDocuments;
let connections: pg.Client[];
beforeAll(async () => {
  documents = await fedDocuments();
  connections = [await openFeedersConnection(), await openFeedersConnection()];
});

type Move =
  | { do: "step"; feeder: number; steps: number }
  | { do: "change"; place: number; state: State }
  | { do: "work"; fate: Fate }
  | { do: "crash" };

const step = fc.record({
  do: fc.constant("step" as const),
  feeder: fc.nat(1),
  steps: fc.integer({ min: 1, max: 6 }),
});
const change = (...states: State[]) =>
  fc.record({
    do: fc.constant("change" as const),
    place: fc.nat(1),
    state: fc.constantFrom(...states),
  });
const work = (...fates: Fate[]) =>
  fc.record({ do: fc.constant("work" as const), fate: fc.constantFrom(...fates) });
const crash = fc.record({ do: fc.constant("crash" as const) });

const moves = (...kinds: fc.WeightedArbitrary<Move>[]) =>
  fc.array(fc.oneof(...kinds), { minLength: 3, maxLength: 16 });

/** One at a time feeds the engine, as it is by design; it may be killed, and the engine may do anything. */
const one = moves(
  { weight: 6, arbitrary: step },
  { weight: 3, arbitrary: change("shown", "shown", "gone", "bad") },
  {
    weight: 3,
    arbitrary: work("succeeded", "succeeded", "failed", "vanished", "vanished when done"),
  },
  { weight: 1, arbitrary: crash },
);

/**
 * Two feed it at once, as when one is taken for dead and is not. Killed between sending and taking note,
 * one of two would leave a task that nobody knows of after a later one: that only one leads is what
 * keeps this from happening. So does a task go that nobody can ask about any more.
 */
const two = moves(
  { weight: 6, arbitrary: step },
  { weight: 3, arbitrary: change("shown", "shown", "gone") },
  { weight: 3, arbitrary: work("succeeded", "succeeded", "failed") },
);

interface Outcome {
  /** The titles and revisions that the engine has and should have. */
  has: unknown;
  wanted: unknown;
  /** Documents that came to an earlier state than they had, for however short a time. */
  wentBack: string[];
}

async function outcome(
  count: 1 | 2,
  sequence: Move[],
  alter?: (text: string) => string,
): Promise<Outcome> {
  await documents.reset();
  const queue = aTaskQueue();
  const start = (n: number) => startFeeder(connections[n] as pg.Client, queue.client, alter);
  const feeders: Feeder[] = Array.from({ length: count }, (_, n) => start(n));
  for (const move of sequence) {
    const n = move.do === "step" ? move.feeder % count : 0;
    if (move.do === "step") for (let i = 0; i < move.steps; i++) await feeders[n]?.step();
    else if (move.do === "change") await documents.change(move.place, move.state);
    else if (move.do === "work") queue.work(move.fate);
    else {
      await feeders[0]?.crash();
      feeders[0] = start(0);
    }
  }
  await comeToRest(feeders, queue);
  const has = [...queue.documents].map(([id, card]) => [
    id,
    [card["title"], card["sourceRevision"]],
  ]);
  return {
    has: Object.fromEntries(has),
    wanted: await documents.wanted(),
    wentBack: queue.wentBack,
  };
}

/** Goes on, with an engine that does what it is told, until there is nothing left to do. */
async function comeToRest(feeders: Feeder[], queue: ReturnType<typeof aTaskQueue>): Promise<void> {
  for (let round = 0; round < 300; round++) {
    for (const feeder of feeders) await feeder.step();
    queue.work("succeeded");
    const resting = feeders.every((feeder) => feeder.idle()) && queue.idle();
    if (resting && (await documents.allDone())) {
      await Promise.all(feeders.map((feeder) => feeder.crash()));
      return;
    }
  }
  throw new Error("It does not come to rest.");
}

test("whatever is interrupted or goes wrong, the engine comes to what the read model says", async () => {
  const property = fc.asyncProperty(one, async (sequence) => {
    const { has, wanted, wentBack } = await outcome(1, sequence);
    expect(has).toEqual(wanted);
    expect(wentBack).toEqual([]);
  });
  await fc.assert(property, { numRuns: 1_200 });
}, 600_000);

test("so it does when two feed it at once", async () => {
  const property = fc.asyncProperty(two, async (sequence) => {
    const { has, wanted } = await outcome(2, sequence);
    expect(has).toEqual(wanted);
  });
  await fc.assert(property, { numRuns: 800 });
}, 600_000);

test.each([
  [
    "an earlier task's note replaces a later one's",
    2,
    two,
    "and $7 > greatest(d.sent_task, d.done_task, -1)",
    "",
  ],
  [
    "what changed since it was sent counts as done",
    1,
    one,
    "done_version = sent_version",
    "done_version = version",
  ],
] as const)(
  "it does not if %s",
  async (_, count, sequences, guard, instead) => {
    let found = false;
    const alter = (text: string) => {
      found ||= text.includes(guard);
      return text.replace(guard, instead);
    };
    const property = fc.asyncProperty(sequences, async (sequence) => {
      const { has, wanted } = await outcome(count, sequence, alter);
      return isDeepStrictEqual(has, wanted);
    });
    const { failed, errorInstance } = await fc.check(property, {
      // By which it shows soon.
      seed: 9,
      numRuns: 2_000,
      endOnFailure: true,
    });
    expect({ found, failed }).toEqual({ found: true, failed: true });
    // And not for a fault of the test's own.
    expect(errorInstance).toMatchObject({ message: "Property failed by returning false" });
  },
  600_000,
);

test("nor if one of two is killed before it takes note of what it sent", async () => {
  const { has, wanted } = await outcome(2, [
    // It has looked for tasks, for documents, and for their cards.
    { do: "step", feeder: 0, steps: 3 },
    { do: "change", place: 0, state: "shown" },
    // So has the other, and sent them, and taken note.
    { do: "step", feeder: 1, steps: 5 },
    { do: "step", feeder: 0, steps: 1 },
    { do: "crash" },
  ]);
  expect(has).not.toEqual(wanted);
});
