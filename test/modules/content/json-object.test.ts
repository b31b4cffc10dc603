import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonObject } from "../../../src/modules/content/json-object.ts";
import { installation } from "#test/installation";

const { owner } = await installation();

const nested = (levels: number): object => (levels === 0 ? {} : { in: nested(levels - 1) });

const faultOf = (object: unknown) => JsonObject.safeParse(object).error?.issues[0]?.message;

test.each<[string, unknown, string | undefined]>([
  ["an empty object", {}, undefined],
  ["what looks like an escaped NUL", { text: String.raw`a\u0000b` }, undefined],
  ["a whole surrogate pair", { text: "😀" }, undefined],
  ["64 KB", { text: "x".repeat(64 * 1024 - 11) }, undefined],
  ["a byte more", { text: "x".repeat(64 * 1024 - 10) }, "must be at most 64 KB of JSON"],
  [
    "64 KB of which a letter has two bytes",
    { text: `${"x".repeat(64 * 1024 - 12)}ä` },
    "must be at most 64 KB of JSON",
  ],
  ["a NUL", { text: "a\0b" }, "must not contain NUL or half a surrogate pair"],
  ["a NUL after a backslash", { text: "\\\0" }, "must not contain NUL or half a surrogate pair"],
  ["a NUL in a name", { in: [{ "\0": 1 }] }, "must not contain NUL or half a surrogate pair"],
  ["half a surrogate pair", { text: "\ud83d" }, "must not contain NUL or half a surrogate pair"],
  ["32 levels", nested(31), undefined],
  ["33 levels", nested(32), "must not nest deeper than 32"],
])("of a JSON object, %s is judged", (_, object, fault) => {
  expect(faultOf(object)).toBe(fault);
});

test("nesting too deep to walk is refused, not walked", () => {
  const levels = 30_000;
  const object: unknown = JSON.parse(`{"in":${"[".repeat(levels)}${"]".repeat(levels)}}`);
  expect(faultOf(object)).toBe("must not nest deeper than 32");
});

test.each([[[]], ["text"], [1], [null]])("%j is no object", (value) => {
  expect(JsonObject.safeParse(value).success).toBe(false);
});

test("what passes is what PostgreSQL can keep", async () => {
  const text = fc
    .array(fc.constantFrom("\0", "\\", "u0000", "\ud83d", "\ude00", "x", '"'))
    .map((parts) => parts.join(""));
  const objects = fc.sample(fc.dictionary(text, fc.oneof(text, fc.array(text))), 300);
  const { rows } = await owner.query<{ storable: boolean }>(
    "select pg_input_is_valid(json, 'jsonb') as storable from unnest($1::text[]) as t (json)",
    [objects.map((object) => JSON.stringify(object))],
  );
  expect(objects.map((object) => faultOf(object) === undefined)).toEqual(
    rows.map(({ storable }) => storable),
  );
});
