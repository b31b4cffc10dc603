import { describe, expect, test } from "vitest";
import { defaultTuning } from "#modules/search";
import { passedOver, queryText } from "../../../../src/modules/search/meilisearch/query-text.ts";

const english = passedOver("en-GB", { ...defaultTuning, stopWords: ["Deluxe"] });

describe("what is sent of a query", () => {
  test.each([
    ["red mug", "red mug"],
    ["red mug ", "red mug "],
    ["the mug", "mug"],
    ["mug of the", "mug "],
    ["mug the ", "mug "],
    ["The, mug!", "mug!"],
    ["deluxe mug", "mug"],
    ["the of", "the of"],
    [`"the mug" of clay`, `"the mug" clay`],
    [`"of the"`, `"of the"`],
    [`mug "of clay`, "mug clay"],
    [`15" lamp`, "15  lamp"],
    ["mug -red --blue - -", "mug -red blue  "],
    [`the mug -"of clay" -the`, `mug -"of clay" `],
    ["t-shirt", "t-shirt"],
    ["<b>mug</b>", " mug "],
    ["mug|bowl=5€", "mug bowl 5 "],
    ["mug\0bowl\ue000\ud800", "mug bowl  "],
    ["می\u200cخواهم", "می\u200cخواهم"],
    ["😀 mug", "  mug"],
    ["", ""],
    [" \t\n", ""],
  ])("%j is %j", (query, text) => {
    expect(queryText(query, english)).toBe(text);
  });

  test.each(["!?", "😀", "<b>", '"', "-", "\u0301", "\ue000"])("%j finds nothing", (query) => {
    expect(queryText(query, english)).toBeNull();
  });

  test("ends after 500 characters", () => {
    expect(queryText("x".repeat(10_000), english)).toBe("x".repeat(500));
  });

  test("has no common words where the language is not known", () => {
    expect(queryText("the mug", passedOver("gsw", defaultTuning))).toBe("the mug");
  });
});
