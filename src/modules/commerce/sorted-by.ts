import type { Collection } from "@mikro-orm/postgresql";

/** The loaded parts in the order of a key, whatever order they were read or added in. */
export function sortedBy<Part extends object>(
  parts: Collection<Part>,
  key: (part: Part) => string | number,
): Part[] {
  return parts.getItems().toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
