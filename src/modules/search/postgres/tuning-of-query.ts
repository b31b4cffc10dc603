import type { Tuning } from "../engine.ts";
import { spelling } from "../highlight.ts";

/** A tuning with what its lists are looked up by, made once for as long as the tuning is known. */
interface Prepared {
  synonyms: { list: string[]; folded: string[] }[];
  stopWords: { word: string; folded: string }[];
}

const prepared = new WeakMap<Tuning, Prepared>();

/**
 * Of the synonyms and stop words those that may stand in the query: hundreds of lists would cost more
 * to read than the search. Some too many do no harm: the database compares whole words.
 */
export function tuningOf(query: string, tuning: Tuning): Pick<Tuning, "synonyms" | "stopWords"> {
  const { synonyms, stopWords } = prepare(tuning);
  if (synonyms.length === 0 && stopWords.length === 0) return { synonyms: [], stopWords: [] };
  const given = folded(query);
  return {
    synonyms: synonyms
      .filter((group) => group.folded.some((word) => given.includes(word)))
      .map(({ list }) => list),
    stopWords: stopWords
      .filter((stopWord) => given.includes(stopWord.folded))
      .map(({ word }) => word),
  };
}

function prepare(tuning: Tuning): Prepared {
  const known = prepared.get(tuning) ?? {
    synonyms: tuning.synonyms.map((list) => ({ list, folded: list.map(folded) })),
    stopWords: tuning.stopWords.map((word) => ({ word, folded: folded(word) })),
  };
  prepared.set(tuning, known);
  return known;
}

/** The words of a text as the index spells them, with single spaces. */
const folded = (text: string) =>
  (text.match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? []).map(spelling).join(" ");
