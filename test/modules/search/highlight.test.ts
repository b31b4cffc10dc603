import { describe, expect, test } from "vitest";
import { highlight, snippet, termsOf } from "../../../src/modules/search/highlight.ts";
import { plainText } from "../../../src/modules/search/plain-text.ts";

const red = termsOf("'red' | 'mug' | 'mug':*");

describe("terms", () => {
  test("are words and beginnings", () => {
    expect(red).toEqual({ words: new Set(["red", "mug"]), beginnings: ["mug"] });
    expect(termsOf(null)).toEqual({ words: new Set(), beginnings: [] });
  });
});

describe("a highlight", () => {
  test.each([
    ["A red Muglet", "A <mark>red</mark> <mark>Muglet</mark>"],
    ["Credit", "Credit"],
    ["<script>red</script>", "&lt;script&gt;<mark>red</mark>&lt;/script&gt;"],
    [`"Red" & 'mugs'`, "&quot;<mark>Red</mark>&quot; &amp; &#39;<mark>mugs</mark>&#39;"],
    ["", ""],
  ])("of %s is %s", (text, html) => {
    expect(highlight(text, red)).toBe(html);
  });

  test.each([
    ["Café crème", "'cafe'", "<mark>Café</mark> crème"],
    ["Die Straße", "'strasse'", "Die <mark>Straße</mark>"],
    ["L’Oréal’s", "'loreals'", "<mark>L’Oréal’s</mark>"],
    ["Чай с ёлкой", "'елкой'", "Чай с <mark>ёлкой</mark>"],
    ["Мой чай", "'мой'", "<mark>Мой</mark> чай"],
    ["日本語テスト", "'日本' | '本語'", "<mark>日本語</mark>テスト"],
    ["日本と日", "'日':*", "<mark>日</mark>本と<mark>日</mark>"],
  ])("of %s for %s is %s", (text, terms, html) => {
    expect(highlight(text, termsOf(terms))).toBe(html);
  });
});

describe("plain text", () => {
  test.each([
    ["<p>One</p><p>two &amp; three</p>", "One two & three"],
    [
      "a&nbsp;b &lt;i&gt; &quot;c&quot; &#233; &#9999999; &unknown;",
      'a b <i> "c" é &#9999999; &unknown;',
    ],
    ["cut off <img src='", "cut off"],
  ])("of %s is %s", (html, text) => {
    expect(plainText(html)).toBe(text);
  });
});

describe("a snippet", () => {
  const sea = "Of sea and shore. ".repeat(20);

  test("shows the surroundings of the first match, cut between words", () => {
    const shown = snippet(`<p>${sea}A red kettle. ${sea}</p>`, red);
    expect(shown).toMatch(/^…\w[^<]{30,60}<mark>red<\/mark> kettle\. Of sea .*[a-z.]…$/);
    expect(shown.length).toBeLessThan(250);
  });

  test("of a short text is all of it", () => {
    expect(snippet("<p>A <b>mug</b></p>", red)).toBe("A <mark>mug</mark>");
  });

  test("without a match shows how the text begins", () => {
    expect(snippet(sea, red)).toMatch(/^Of sea and shore\. .*…$/);
  });
});
