import { marked, markedExcerpt, type Match } from "../highlight.ts";

/** What Meilisearch is told to put around matches, and where it cuts: signs that stand in no text. */
export const marks = { begin: "\u0002", end: "\u0003", cut: "\u0004" };

/** The words that a description is cut to before it is cut to length: as many as it can need. */
export const cropLength = 60;

/** A title with marks as HTML. */
export function markedTitle(title: string): string {
  const { text, matches } = read(title);
  return marked(text, matches);
}

/** Some 220 characters of a text with marks, around the first of them, as HTML. */
export function markedDescription(cropped: string): string {
  const { text, matches } = read(cropped.replaceAll(marks.cut, ""));
  return markedExcerpt(text, matches, {
    before: cropped.startsWith(marks.cut),
    after: cropped.endsWith(marks.cut),
  });
}

/** The text without its marks, and where they were. */
function read(given: string): { text: string; matches: Match[] } {
  const matches: Match[] = [];
  let text = "";
  for (const piece of given.split(marks.begin)) {
    const [first = "", ...rest] = piece.split(marks.end);
    if (rest.length > 0) matches.push({ start: text.length, end: text.length + first.length });
    text += first + rest.join("");
  }
  return { text, matches: matches.map((match) => ofWholeWord(text, match)) };
}

const restOfWord = /(?:(?![぀-ヿ㐀-鿿豈-﫿])[\p{L}\p{M}\p{N}])*/uy;

/** Meilisearch marks as much of a word as was typed; a reader's eye wants all of it. */
function ofWholeWord(text: string, { start, end }: Match): Match {
  restOfWord.lastIndex = end;
  return { start, end: end + (restOfWord.exec(text)?.[0].length ?? 0) };
}
