import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { aChangingShop, type Change, watchForOlderStates } from "./a-changing-shop.ts";
import { makeSlots, openSession, type Session } from "./late-projections.ts";
import { projectionsByHand, type Without } from "./projections-by-hand.ts";

let sessions: [Session, Session];
beforeAll(async () => {
  await watchForOlderStates();
  await makeSlots();
  sessions = [await openSession(), await openSession()];
});

type Simple = "rename" | "begin" | "cut over" | "roll back";
type Move =
  | { do: "change"; place: number; how: Change }
  | { do: "read" | "write"; which: number; again: boolean }
  | { do: Simple };

const change = fc.record({
  do: fc.constant("change" as const),
  place: fc.nat(1),
  how: fc.constantFrom<Change>("retitle", "retitle", "switch", "file", "remove", "remove"),
});
const part = (what: "read" | "write") =>
  fc.record({ do: fc.constant(what), which: fc.nat(7), again: fc.boolean() });
const simply = (...what: Simple[]) => fc.record({ do: fc.constantFrom(...what) });

const life: fc.WeightedArbitrary<Move>[] = [
  { weight: 5, arbitrary: change },
  { weight: 5, arbitrary: part("read") },
  { weight: 3, arbitrary: part("write") },
  { weight: 1, arbitrary: simply("rename") },
];
const rebuild = { weight: 3, arbitrary: simply("begin", "begin", "cut over", "roll back") };

const lives = fc.array(fc.oneof(...life), { minLength: 2, maxLength: 14 });
const livesWithRebuilds = fc.array(fc.oneof(...life, rebuild), { minLength: 2, maxLength: 16 });

/** Where the read model is not what it should be, once everything that was asked for has been done. */
async function outcome(moves: Move[], keys: Iterator<number>, without: Without = {}) {
  const shop = await aChangingShop(sessions);
  const projections = projectionsByHand(shop, sessions, without);
  for (const move of moves) {
    if (move.do === "change") {
      const id = await shop.change(move.place, move.how);
      if (id) projections.ask({ of: "products", ids: [id] });
    } else if (move.do === "rename") {
      await shop.rename();
      projections.ask({ of: "category" });
    } else if (move.do === "read") await projections.read(move.which, move.again);
    else if (move.do === "write") await projections.write(move.which, move.again);
    else if (move.do === "begin") await projections.begin();
    else if (move.do === "cut over") await projections.cutOverWhenBuilt();
    else await projections.goBack();
  }
  await projections.settle(keys);
  return shop.faults();
}

const order = fc.infiniteStream(fc.nat());
const none = { differences: [], broughtBack: [], apart: [], wentBack: [] };

test("whatever is projected when, the read model comes to what its source says", async () => {
  const property = fc.asyncProperty(lives, order, async (moves, keys) => {
    expect(await outcome(moves, keys)).toEqual(none);
  });
  await fc.assert(property, { numRuns: 1_300 });
}, 300_000);

test("so does every generation, whenever a rebuild begins, cuts over, or is taken back", async () => {
  const property = fc.asyncProperty(livesWithRebuilds, order, async (moves, keys) => {
    expect(await outcome(moves, keys)).toEqual(none);
  });
  await fc.assert(property, { numRuns: 700 });
}, 300_000);

/** The guard of the statement that writes. */
const pair =
  "(stored.revision, stored.shared_revision) <= (excluded.revision, excluded.shared_revision)";

const guardedBy = (other: string) => (text: string) => {
  if (!text.includes("on conflict")) return text;
  if (!text.includes(pair)) throw new Error("The guard is not where it was.");
  return text.replace(pair, other);
};
const own = "stored.revision <= excluded.revision";
const shared = "stored.shared_revision <= excluded.shared_revision";

// With seeds by which it shows soon.
test.each<[string, Without, keyof typeof none, number]>([
  ["the guard, it does not", { alter: guardedBy("true") }, "differences", 11],
  ["the product's revision, it does not", { alter: guardedBy(shared) }, "differences", 11],
  ["the shared one, older names are shown again", { alter: guardedBy(own) }, "wentBack", 11],
  ["the wait for projections under way, it does not", { turnstile: true }, "differences", 11],
  ["rows that show nothing, what was deleted comes back", { tombstone: true }, "broughtBack", 14],
])(
  "without %s",
  async (_, without, fault, seed) => {
    const property = fc.asyncProperty(lives, order, async (moves, keys) => {
      return (await outcome(moves, keys, without))[fault].length === 0;
    });
    const { failed, errorInstance } = await fc.check(property, {
      seed,
      numRuns: 2_000,
      endOnFailure: true,
    });
    expect(failed).toBe(true);
    // And not for a fault of the test's own.
    expect(errorInstance).toMatchObject({ message: "Property failed by returning false" });
  },
  300_000,
);
