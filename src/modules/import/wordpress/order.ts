interface Child {
  key: string;
  parent: string | null;
}

/** Each after its parent. One whose parent is not among them, or is also below it, comes out without. */
export function parentsFirst<Item extends Child>(
  items: readonly Item[],
): (Omit<Item, "parent"> & Child)[] {
  const waiting = new Map(items.map((item) => [item.key, item]));
  const placed = new Set<string>();
  const ordered: (Omit<Item, "parent"> & Child)[] = [];
  for (const { key } of items) {
    const branch: Item[] = [];
    let next = waiting.get(key);
    while (next) {
      waiting.delete(next.key);
      branch.unshift(next);
      next = next.parent === null ? undefined : waiting.get(next.parent);
    }
    for (const item of branch) {
      const kept = item.parent !== null && placed.has(item.parent);
      ordered.push(kept ? item : { ...item, parent: null });
      placed.add(item.key);
    }
  }
  return ordered;
}
