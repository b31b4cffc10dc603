import type { Collection } from "@mikro-orm/postgresql";
import type { Transaction } from "#kernel/database/transaction";

/**
 * Makes an aggregate's `parts` the given ones: a part whose key is given stays and takes on what is
 * given for it (what is undefined stays), the others go, and `make` makes what is new a part.
 * A part made anew would collide with itself: the ORM inserts before it deletes.
 */
export function replace<Part extends object, Given extends object>(
  tx: Transaction,
  parts: Collection<Part>,
  given: Given[],
  key: (each: Part | Given) => unknown,
  make: (given: Given) => Part,
): void {
  const left = new Map(parts.getItems().map((part) => [key(part), part]));
  for (const each of given) {
    const known = left.get(key(each));
    if (known) tx.em.assign(known, each as never, { ignoreUndefined: true });
    else make(each);
    left.delete(key(each));
  }
  parts.remove([...left.values()]);
}
