import { expect, test } from "vitest";
import { partsOf } from "../../../../src/modules/search/postgres/query-parts.ts";

test.each([
  ["blue mug", "blue mug", [], []],
  [`"blue mug" cup `, "  cup ", ["blue mug"], []],
  [`cup "blue mug"`, "cup  ", ["blue mug"], []],
  [`cup -red -"with handle" mu`, "cup     mu", [], ["red", "with handle"]],
  [`-t-shirt`, " ", [], ["t-shirt"]],
  [`t-shirt x -- -, - a`, "t-shirt x -- -, - a", [], []],
  [`5" pipe`, `5" pipe`, [], []],
  [`"" " " mug`, "    mug", [], []],
  [`-"" mug`, "  mug", [], [""]],
  [`"a"b"c`, ` b"c`, ["a"], []],
])("%j is taken apart into %j, %j and %j", (query, words, phrases, excluded) => {
  expect(partsOf(query)).toEqual({ words, phrases, excluded });
});

test("of a long query the beginning counts, of many phrases the first ten", () => {
  expect(partsOf("x".repeat(600)).words).toHaveLength(500);
  expect(partsOf(`"a" `.repeat(20)).phrases).toHaveLength(10);
  expect(partsOf("-a ".repeat(20)).excluded).toHaveLength(10);
});
