import { plainText } from "./plain-text.ts";

/** What a search was for, as the index spells it: whole words, and what words may begin with. */
export interface Terms {
  words: Set<string>;
  beginnings: string[];
}

/** Reads the terms out of a tsquery such as `'red' | 'mug' | 'mug':*`. */
export function termsOf(tsquery: string | null): Terms {
  const terms: Terms = { words: new Set(), beginnings: [] };
  for (const [, word = "", star] of (tsquery ?? "").matchAll(/'((?:[^']|'')+)'(:\*)?/g)) {
    if (star) terms.beginnings.push(word);
    else terms.words.add(word);
  }
  return terms;
}

/** Where a text matches, in UTF-16 units. */
export interface Match {
  start: number;
  end: number;
}

/** The text as HTML, all of it escaped, with `<mark>` around what matches. */
export function highlight(text: string, terms: Terms): string {
  return marked(text, matchesIn(text, terms));
}

/** Some 220 characters of what the HTML says, around its first match, highlighted. */
export function snippet(html: string, terms: Terms): string {
  const text = plainText(html);
  return markedExcerpt(text, matchesIn(text, terms));
}

/** The same of a text whose matches are known, first to last. */
export function marked(text: string, matches: Iterable<Match>): string {
  let html = "";
  let end = 0;
  for (const match of matches) {
    html += `${escaped(text.slice(end, match.start))}<mark>${escaped(text.slice(match.start, match.end))}</mark>`;
    end = match.end;
  }
  return html + escaped(text.slice(end));
}

const lead = 60;
const length = 220;

/** The same, cut around the first match; `more` says at which ends the text itself has been cut before. */
export function markedExcerpt(
  text: string,
  matches: Iterable<Match>,
  more = { before: false, after: false },
): string {
  const found = matches[Symbol.iterator]();
  let next = found.next();
  const wanted = Math.max(0, (next.done ? 0 : next.value.start) - lead);
  const start = wanted === 0 ? 0 : text.indexOf(" ", wanted) + 1 || wanted;
  const rest = text.slice(start);
  const cut = rest.length > length ? rest.slice(0, length).replace(/\s+\S*$/, "") : rest;
  const within: Match[] = [];
  for (; !next.done && next.value.end <= start + cut.length; next = found.next()) {
    within.push({ start: next.value.start - start, end: next.value.end - start });
  }
  const [before, after] = [more.before || start > 0, more.after || cut.length < rest.length];
  return `${before ? "…" : ""}${marked(cut, within)}${after ? "…" : ""}`;
}

const token = /([぀-ヿ㐀-鿿豈-﫿]+)|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu;

function* matchesIn(text: string, terms: Terms): Generator<Match> {
  for (const { 0: word, 1: unspaced, index } of text.matchAll(token)) {
    if (unspaced) yield* matchesInRun(unspaced, index, terms);
    else if (isMeant(spelling(word), terms)) yield { start: index, end: index + word.length };
  }
}

/** Chinese and Japanese are indexed by pairs of neighbouring signs; matches that touch become one. */
function* matchesInRun(
  run: string,
  offset: number,
  { words, beginnings }: Terms,
): Generator<Match> {
  const marked = Array.from(run, (sign, i) => {
    const pair = run.slice(i, i + 2);
    return words.has(pair) ? 2 : words.has(sign) || beginnings.includes(sign) ? 1 : 0;
  });
  let open: Match | undefined;
  for (const [i, signs] of marked.entries()) {
    if (signs === 0) continue;
    if (open && i <= open.end) {
      open.end = Math.max(open.end, i + signs);
    } else {
      if (open) yield { start: offset + open.start, end: offset + open.end };
      open = { start: i, end: i + signs };
    }
  }
  if (open) yield { start: offset + open.start, end: offset + open.end };
}

function isMeant(word: string, { words, beginnings }: Terms): boolean {
  return words.has(word) || beginnings.some((beginning) => word.startsWith(beginning));
}

const ligatures: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ё: "е",
};

/** A word as the index spells it: in lower case, without accents or apostrophes. */
export function spelling(word: string): string {
  return word
    .toLowerCase()
    .replace(/['’]/g, "")
    .normalize("NFD")
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, "")
    .normalize("NFC")
    .replace(/[ßæœøłđё]/g, (letter) => ligatures[letter] ?? letter);
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
