import type { Collection } from "@mikro-orm/postgresql";

/** The parts in the order of a key, whatever order they were read or added in; none where they are not loaded. */
export function sortedBy<Part extends object>(
  parts: Collection<Part>,
  key: (part: Part) => string | number,
): Part[] {
  return loaded(parts).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The parts of an aggregate, none where they are not loaded. */
export const loaded = <Part extends object>(parts: Collection<Part>): Part[] =>
  parts.isInitialized() ? parts.getItems() : [];
