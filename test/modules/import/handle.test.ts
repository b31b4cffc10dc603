import fc from "fast-check";
import { expect, test } from "vitest";
import { Handle } from "#kernel/fields";
import { handleOf } from "#modules/import";

test.each([
  ["Crème & Café №5", "creme-cafe-no5"],
  ["  Rock 'n' Roll -- LINEN  ", "rock-n-roll-linen"],
  ["Größe Ø 40", "große-ø-40"],
  ["Επίπεδο 2", "επίπεδο-2"],
  ["コーヒー豆", "コーヒー豆"],
  ["हिन्दी", "हिन्दी"],
  ["★ !", ""],
])("%j becomes %j", (name, handle) => {
  expect(handleOf(name)).toBe(handle);
});

test("whatever the name, a handle is one that is accepted, and its own", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 600 }), (name) => {
      const handle = handleOf(name);
      expect(handle === "" || Handle.safeParse(handle).success).toBe(true);
      expect(handleOf(handle)).toBe(handle);
    }),
  );
});
