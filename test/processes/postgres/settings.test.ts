import { expect, test } from "vitest";
import { bufferMb } from "#processes/postgres/settings";

const gib = 1_024 ** 3;

test.each([
  [gib / 4, 128],
  [2 * gib, 512],
  [6 * gib, 1_536],
  [64 * gib, 2_048],
])("of %d bytes of memory the database may buffer %d MB", (memory, buffered) => {
  expect(bufferMb(memory)).toBe(buffered);
});
