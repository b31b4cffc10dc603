import { afterAll } from "vitest";

const left: (() => unknown)[] = [];

/**
 * Has something done when the tests of the file are over, what was asked for last first. Also from within
 * a hook or a test, where an `afterAll` of Vitest's is never heard of.
 */
export function afterwards(work: () => unknown): void {
  left.push(work);
}

afterAll(async () => {
  for (const work of left.splice(0).reverse()) await work();
});
