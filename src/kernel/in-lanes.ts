/**
 * Does `work` for each item, so many at a time, and yields what came of each in the items' order. Once
 * one has failed, or nobody wants the rest, no further item is begun; those under way are waited for.
 */
export async function* inLanes<Item, Result>(
  lanes: number,
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // Heard when its turn comes; until then it must not end the process.
      result.catch(() => {});
      underWay.push(result);
      if (underWay.length >= lanes) yield await (underWay.shift() as Promise<Result>);
    }
    while (underWay.length > 0) yield await (underWay.shift() as Promise<Result>);
  } finally {
    await Promise.allSettled(underWay);
  }
}
