import type { MultiSearchQuery } from "meilisearch";
import { positionOf } from "../cursor.ts";
import type { ContentSearch, ProductSearch } from "../engine.ts";
import { orderOf } from "../postgres/request.ts";
import type { Shelf } from "./asking.ts";
import { type Condition, conditionsOf } from "./conditions.ts";
import { fieldOf, shownFields, sortOf } from "./fields.ts";
import { documentId } from "./indexes.ts";
import { bound, oneOf, type Question } from "./scope.ts";

type Search = ProductSearch | ContentSearch;

/** One query of a request and what its answer is for. */
export interface Asked {
  query: MultiSearchQuery;
  /** Pinned documents are asked for on their own, and counted with the rest. */
  role: "hits" | "pinned hits" | "facet";
  /** Null for the facets that nothing chosen bears on; else which one is counted as if nothing of it were chosen. */
  facet: string | null;
}

/** Which hits of the request are the page's. */
export interface Page {
  order: string;
  /** How many hits come before the page. */
  offset: number;
  /** How many of those that are not pinned come before the first one asked for. */
  skipped: number;
}

/** What Meilisearch is asked for a search, all of it in one request. */
export function requestOf(
  search: Search,
  text: string,
  shelf: Shelf,
): { asked: Asked[]; page: Page } {
  const order = orderOf(search);
  const offset = search.after ? positionOf(order, search.after).offset : 0;
  const pins = pinsOf(search, shelf);
  // How many of the pinned are there is not known yet: some hits more are asked for, and left aside.
  const skipped = Math.max(0, offset - pins.most);
  const page = {
    offset: skipped,
    limit: search.first + pins.most + 1,
    sort: sortOf(order, search),
  };
  const asked = partsOf(search).flatMap(({ facet, conditions, facets }): Asked[] => {
    const filter = conditions.map((condition) => condition.filter);
    const fields = facets.map((one) => fieldOf(one, search));
    const hits = facet === null;
    const found: Question = { q: text, filter: [...filter, ...pins.out], facets: fields };
    const pinned: Question = { q: "", filter: [...filter, pins.in], facets: fields };
    const ask = (role: Asked["role"], question: Question, paging: Partial<Question>): Asked => ({
      query: bound(shelf, {
        ...question,
        ...(hits ? { ...shownFields(search), ...paging } : { limit: 0 }),
      }),
      role: hits ? role : "facet",
      facet,
    });
    return [
      ask("hits", found, page),
      ...(pins.most > 0 ? [ask("pinned hits", pinned, { limit: pins.most })] : []),
    ];
  });
  return { asked, page: { order, offset, skipped } };
}

/** What is pinned and what is hidden, as conditions. */
function pinsOf(search: Search, { generation }: Shelf) {
  const pinned = search.sort === "relevance" ? search.pinned : [];
  const ids = (entities: string[]) => entities.map((id) => documentId(id, generation));
  const apart = [...pinned, ...search.hidden];
  return {
    most: pinned.length,
    in: oneOf("id", ids(pinned.filter((id) => !search.hidden.includes(id)))),
    out: apart.length > 0 ? [`NOT ${oneOf("id", ids(apart))}`] : [],
  };
}

interface Part {
  facet: string | null;
  conditions: Condition[];
  /** What is counted of the documents that fulfil the conditions. */
  facets: string[];
}

/** The search itself, and one for each facet of which something is chosen, as if it were not. */
function partsOf(search: Search): Part[] {
  const conditions = conditionsOf(search);
  const asked = (of: string) => (search.facets as string[]).includes(of.split(" ")[0] ?? "");
  const chosen = [...new Set(conditions.flatMap(({ of }) => (of && asked(of) ? [of] : [])))];
  // Of the options, those of other names are counted with the search itself.
  const common = search.facets.filter((facet) => facet === "options" || !chosen.includes(facet));
  return [
    { facet: null, conditions, facets: common },
    ...chosen.map((facet) => ({
      facet,
      conditions: conditions.filter(({ of }) => of !== facet),
      facets: [facet],
    })),
  ];
}
