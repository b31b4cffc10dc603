import type { Tuning } from "../engine.ts";
import { withoutSigns } from "./signs.ts";
import { commonWords } from "./stop-words.ts";

const longest = 500;

/**
 * What somebody typed as Meilisearch is to understand it: no operators but quotation marks that come
 * in pairs and single hyphens before words, none of the words too common to mean anything unless there
 * are no others, no signs that no document is found by. Empty for nothing typed; null for something
 * without a letter or a digit.
 */
export function queryText(query: string, common: ReadonlySet<string>): string | null {
  if (query.trim() === "") return "";
  const text = withoutSigns(query.slice(0, longest).replace(/<[^>]*>/g, " "))
    // One hyphen before a word or a phrase leaves it out; any others are signs.
    .replace(/(^|\s)(?:--+|-(?![\p{L}\p{N}"]))/gu, "$1");
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  return withoutCommon(paired(text), common);
}

/** The last quotation mark, when it has no partner, was not meant as one. */
function paired(text: string): string {
  const marks = text.split('"').length - 1;
  if (marks % 2 === 0) return text;
  const last = text.lastIndexOf('"');
  return `${text.slice(0, last)} ${text.slice(last + 1)}`;
}

function withoutCommon(text: string, common: ReadonlySet<string>): string {
  const pieces = text.match(/-?"[^"]*"|[^\s"]+/g) ?? [];
  const kept = pieces.filter((piece) => !common.has(bare(piece)));
  if (kept.length === 0 || kept.length === pieces.length) return text;
  const finished = kept.at(-1) !== pieces.at(-1) || /\s$/.test(text);
  return kept.join(" ") + (finished ? " " : "");
}

const bare = (piece: string) =>
  piece.toLowerCase().replace(/^[^\p{L}\p{N}"]+|[^\p{L}\p{N}"]+$/gu, "");

/** Words that need not be found: the language's, and those that the tenant has set. */
export function passedOver(locale: string, { stopWords }: Tuning): ReadonlySet<string> {
  const common = commonWords(locale);
  if (stopWords.length === 0) return common;
  return common.union(new Set(stopWords.map((word) => word.toLowerCase())));
}
