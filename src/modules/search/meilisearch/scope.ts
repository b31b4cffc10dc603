import type { MultiSearchQuery } from "meilisearch";
import type { Shelf } from "./asking.ts";

/** What may be asked of an index; where, and of whose documents, is not the asker's to say. */
export type Question = Omit<MultiSearchQuery, "indexUid" | "filter"> & { filter: string[] };

/** The wall between tenants, and what lets a rebuild cut over. */
export const scopeFilter = (scope: string): string => equal("scope", scope);

/**
 * Binds a question to a tenant's live documents. Whatever this server asks of Meilisearch passes here;
 * what a browser asks is bound by its token in the same words.
 */
export function bound({ uid, scope }: Shelf, question: Question): MultiSearchQuery {
  return {
    ...question,
    indexUid: uid,
    filter: [scopeFilter(scope), ...question.filter],
    matchingStrategy: "all",
  };
}

export const equal = (field: string, value: string): string => `${field} = ${quoted(value)}`;

export const oneOf = (field: string, values: string[]): string =>
  `${field} IN [${values.map(quoted).join(", ")}]`;

/** Nothing that a value holds ends it before its end. Half a surrogate pair would not be JSON. */
const quoted = (value: string) => `"${value.toWellFormed().replace(/[\\"]/g, "\\$&")}"`;
