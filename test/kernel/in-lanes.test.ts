import { expect, test } from "vitest";
import { inLanes } from "#kernel/in-lanes";

async function* upTo(count: number, begun: number[] = []): AsyncGenerator<number> {
  for (let item = 1; item <= count; item++) {
    begun.push(item);
    yield item;
  }
}

/** Ends when it is told to. */
function held() {
  const ends = new Map<number, { done: () => void; failed: (reason: Error) => void }>();
  const work = (item: number) =>
    new Promise<string>((resolve, reject) =>
      ends.set(item, { done: () => resolve(`done ${item}`), failed: reject }),
    );
  return { ends, work };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("works on so many at a time, and answers in the items' order", async () => {
  const { ends, work } = held();
  const all = Array.fromAsync(inLanes(2, upTo(4), work));
  await turn();
  expect([...ends.keys()]).toEqual([1, 2]);
  ends.get(2)?.done();
  await turn();
  expect([...ends.keys()]).toEqual([1, 2]);
  ends.get(1)?.done();
  await turn();
  // The second had only waited for the first.
  expect([...ends.keys()]).toEqual([1, 2, 3, 4]);
  ends.get(3)?.done();
  ends.get(4)?.done();
  expect(await all).toEqual(["done 1", "done 2", "done 3", "done 4"]);
});

test("begins nothing more after a failure, and waits for what is under way", async () => {
  const { ends, work } = held();
  let over = false;
  const all = Array.fromAsync(inLanes(2, upTo(4), work)).catch((reason: unknown) => {
    over = true;
    return reason;
  });
  await turn();
  ends.get(1)?.failed(new Error("the first one"));
  await turn();
  expect(over).toBe(false);
  ends.get(2)?.failed(new Error("heard by nobody"));
  expect(await all).toEqual(new Error("the first one"));
  expect([...ends.keys()]).toEqual([1, 2]);
});

test("takes no further items once nobody wants the rest", async () => {
  const begun: number[] = [];
  for await (const result of inLanes(2, upTo(9, begun), async (item) => item)) {
    if (result === 2) break;
  }
  expect(begun).toEqual([1, 2, 3]);
});
