/**
 * For each of `given` the one of `present` that it stands for. Keys are tried in turn, the surest
 * first, and each one present is taken once; a key that is null or undefined says nothing.
 */
export function recognise<Present, Given>(
  present: Present[],
  given: Given[],
  keys: ((each: Present | Given) => string | null | undefined)[],
): (Present | undefined)[] {
  const free = new Set(present);
  const known: (Present | undefined)[] = given.map(() => undefined);
  for (const key of keys) {
    const byKey = new Map([...free].map((each) => [key(each) ?? Symbol("nothing"), each]));
    for (const [index, each] of given.entries()) {
      const found = known[index] ? undefined : byKey.get(key(each) ?? "");
      if (found && free.delete(found)) known[index] = found;
    }
  }
  return known;
}
