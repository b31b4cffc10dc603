import type { MultiSearchResult } from "meilisearch";
import type { ContentSearch, FacetCount, ProductSearch } from "../engine.ts";
import { facetOfOption } from "./conditions.ts";
import { fieldOf } from "./fields.ts";
import type { Asked } from "./request.ts";

type Search = ProductSearch | ContentSearch;
export type Result = MultiSearchResult<Record<string, unknown>>;
export type Answered = Asked & { result: Result };

/** How many hits have each value, by facet; facets that nothing was found of are left out. */
export function countsOf(search: Search, answered: Answered[]): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  const apart = new Set(answered.flatMap(({ facet }) => facet ?? []));
  for (const facet of search.facets) {
    if (facet === "prices") continue;
    const field = fieldOf(facet, search);
    const counted = new Map<string, number>();
    for (const { facet: own, result } of answered) {
      for (const [value, count] of Object.entries(result.facetDistribution?.[field] ?? {})) {
        if (own === ownerOf(facet, value, apart)) {
          counted.set(value, (counted.get(value) ?? 0) + count);
        }
      }
    }
    if (counted.size > 0) counts.set(facet, counted);
  }
  return counts;
}

/** Which queries count a value: those of its facet alone where there are such, of an option's name for options. */
function ownerOf(facet: string, value: string, apart: Set<string>): string | null {
  if (facet !== "options") return apart.has(facet) ? facet : null;
  for (const own of apart) {
    if (
      own.startsWith(facetOfOption("")) &&
      value.startsWith(`${own.slice(facetOfOption("").length)}=`)
    ) {
      return own;
    }
  }
  return null;
}

/** Most frequent first, the hundred most frequent ones. */
export function ranked(
  counted: Map<string, number>,
  labelOf: (value: string) => string,
): FacetCount[] {
  return [...counted]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, 100)
    .map(([value, count]) => ({ value, label: labelOf(value), count }));
}

/** The lowest and the highest price of what was found; null without any. */
export function priceRangeOf(search: ProductSearch, answered: Answered[]) {
  if (!search.facets.includes("prices")) return null;
  const field = fieldOf("prices", search);
  const ranges = answered.flatMap(({ facet, result }) =>
    facet === null ? (result.facetStats?.[field] ?? []) : [],
  );
  if (ranges.length === 0) return null;
  const min = Math.min(...ranges.map((range) => range.min));
  const max = Math.max(...ranges.map((range) => range.max));
  return { currency: search.currency, min, max };
}
