import type { MultiSearchQuery } from "meilisearch";
import type { Shelf } from "./asking.ts";

/** What may be asked of an index; where, and of whose documents, is not the asker's to say. */
export type Question = Omit<MultiSearchQuery, "indexUid" | "filter"> & { filter: string[] };

/**
 * Binds a question to a tenant's live documents. Whatever is asked of Meilisearch passes here: this
 * filter is the wall between tenants, and what lets a rebuild cut over.
 */
export function bound({ uid, scope }: Shelf, question: Question): MultiSearchQuery {
  return {
    ...question,
    indexUid: uid,
    filter: [equal("scope", scope), ...question.filter],
    matchingStrategy: "all",
  };
}

export const equal = (field: string, value: string): string => `${field} = ${quoted(value)}`;

export const oneOf = (field: string, values: string[]): string =>
  `${field} IN [${values.map(quoted).join(", ")}]`;

/** Nothing that a value holds ends it before its end. Half a surrogate pair would not be JSON. */
const quoted = (value: string) => `"${value.toWellFormed().replace(/[\\"]/g, "\\$&")}"`;
