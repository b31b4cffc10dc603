/**
 * A number that looks drawn by lot, and is the same for the same parts on every machine and day:
 * FNV-1a with a final scramble, 32 bits, unsigned.
 */
export function mix(...parts: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const letter of parts.join("\u0000")) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One of the list, by lot. */
export function pick<Item>(list: readonly Item[], ...parts: (string | number)[]): Item {
  return around(list, mix(...parts));
}

/** The one at this place, from 0; after the last one the list begins anew. */
export function around<Item>(list: readonly Item[], place: number): Item {
  const item = list[place % list.length];
  if (item === undefined) throw new RangeError("There is nothing to choose from.");
  return item;
}
