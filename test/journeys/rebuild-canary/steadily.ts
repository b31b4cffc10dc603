import { rest } from "../onlooker.ts";

/** How many answers may be outstanding. */
const mostUnderWay = 40;

/** Begins something every so often, without waiting for what began before, until it is over. */
export async function steadily(
  everyMs: number,
  isOver: () => boolean,
  begin: (turn: number) => Promise<void>,
): Promise<void> {
  const under = new Set<Promise<void>>();
  const began = performance.now();
  for (let turn = 0; !isOver(); turn++) {
    const one = begin(turn).finally(() => under.delete(one));
    under.add(one);
    if (under.size >= mostUnderWay) await Promise.race(under);
    await rest(Math.max(0, began + (turn + 1) * everyMs - performance.now()));
  }
  await Promise.all(under);
}
