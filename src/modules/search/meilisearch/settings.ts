import type { Settings } from "meilisearch";
import type { RankingRule, Tuning } from "../engine.ts";
import type { IndexKind } from "./indexes.ts";
import { languageOf } from "./languages.ts";

/** What the settings of an index follow from. */
export interface SettingsOf {
  kind: IndexKind;
  locale: string;
  tuning: Tuning;
}

/** How deep a list of hits can be paged. */
export const maxTotalHits = 1_000_000;

/** All of an index's settings that are not Meilisearch's defaults. */
export function settingsOf({ kind, locale, tuning }: SettingsOf): Settings {
  const language = languageOf(locale);
  const own = kind === "product" ? products : content;
  return {
    searchableAttributes: own.searched.map((field) => `words.${field}`),
    displayedAttributes: [...shown, ...own.shown],
    filterableAttributes: [
      only({ equality: true }, ["scope", "id", "inStock"]),
      only({ equality: true, facetSearch: true }, ["categories", "tags", ...own.facets]),
      only({ comparison: true }, ["publishedAt", "prices.*"]),
    ],
    // A parent makes what is in it sortable: prices.EUR.min.
    sortableAttributes: ["createdAt", "prices", "publishedAt", "titleKey"],
    rankingRules: rankingRules(kind, tuning.ranking),
    synonyms: synonymsOf(tuning.synonyms),
    // Meilisearch would not index them: neither "the" alone nor "no more" in quotation marks could be found.
    // Queries are sent without them instead.
    stopWords: [],
    // So that a title, which is highlighted as it is written, falls into the same words as what was indexed.
    separatorTokens: "$+<=>^`|~©®°±×÷€£¥→™".split(""),
    typoTolerance: { disableOnNumbers: true, minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 } },
    faceting: { maxValuesPerFacet: 100, sortFacetValuesBy: { "*": "count" } },
    pagination: { maxTotalHits },
    localizedAttributes: language ? [{ attributePatterns: ["*"], locales: [language] }] : null,
  };
}

const shown = [
  "id",
  "title",
  "locale",
  "text",
  "categories",
  "tags",
  "publishedAt",
  "sourceRevision",
  "indexedAt",
];

const products = {
  searched: ["title", "keywords", "text"],
  shown: ["handle", "vendor", "productType", "image", "prices", "inStock", "options"],
  facets: ["vendor", "productType", "options"],
};

const content = {
  searched: ["title", "keywords", "excerpt", "text"],
  shown: ["kind", "slug", "excerpt", "author"],
  facets: ["kind", "author.handle"],
};

const rules: Record<RankingRule, string> = {
  boost: "boost:desc",
  stock: "inStock:desc",
  sales: "popularity:desc",
  recency: "day:desc",
};

/**
 * A chosen order goes first, so that it is pure. Words as typed go before other words, in whatever
 * part of a document they are; then what part; then what the tenant ranks by; then how closely the
 * words stand, how early, in how short a title.
 */
function rankingRules(kind: IndexKind, ranking: RankingRule[]): string[] {
  const chosen = ranking.filter((rule) => kind === "product" || rule === "recency");
  const ranked = [...new Set(chosen)].map((rule) => rules[rule]);
  return ["sort", "words", "typo", "exactness", "attributeRank"].concat(
    ranked,
    unranked.slice(ranked.length),
    ["proximity", "wordPosition", "titleLength:asc", "createdAt:desc"],
  );
}

/** Fields that no document has: to search several indexes at once, their rules have to match one by one. */
const unranked = ["none1:desc", "none2:desc", "none3:desc", "none4:desc"];

/** Each word of a group leads to the others. */
function synonymsOf(groups: string[][]): Record<string, string[]> {
  const synonyms = new Map<string, Set<string>>();
  for (const group of groups.map((words) => words.map(lowerCase))) {
    for (const word of group) {
      const others = group.filter((other) => other !== word);
      synonyms.set(word, new Set([...(synonyms.get(word) ?? []), ...others]));
    }
  }
  return Object.fromEntries([...synonyms].map(([word, others]) => [word, [...others].sort()]));
}

const lowerCase = (word: string) => word.trim().toLowerCase();

function only(
  { equality = false, comparison = false, facetSearch = false },
  attributePatterns: string[],
) {
  return { attributePatterns, features: { facetSearch, filter: { equality, comparison } } };
}
