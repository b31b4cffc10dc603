import { LRUCache } from "lru-cache";
import type { Database } from "#kernel/database";
import type { IndexKind } from "./indexes.ts";

/** What people call the values of facets; a value without a name is called by itself. */
export type LabelsOf = (
  of: { tenantId: string; kind: IndexKind; locale: string },
  values: Record<string, string[]>,
) => Promise<(facet: string, value: string) => string>;

/** Facets whose values are handles. */
const named = new Set(["categories", "tags", "authors"]);

/** Reads names where they are kept; one that changed is called by its old name for up to five seconds. */
export function labelsFrom({ pool }: Pick<Database, "pool">): LabelsOf {
  const known = new LRUCache<string, string>({ max: 50_000, ttl: 5_000 });
  return async ({ tenantId, kind, locale }, values) => {
    const keyOf = (facet: string, value: string) =>
      JSON.stringify([tenantId, kind, locale, facet, value]);
    const labels = new Map<string, string>();
    const unknown: Record<string, string[]> = {};
    for (const [facet, handles] of Object.entries(values)) {
      if (!named.has(facet)) continue;
      for (const value of handles) {
        const label = known.get(keyOf(facet, value));
        if (label === undefined) (unknown[facet] ??= []).push(value);
        else labels.set(keyOf(facet, value), label);
      }
    }
    if (Object.keys(unknown).length > 0) {
      const { rows } = await pool.query<{ facet: string; value: string; label: string }>({
        name: "search-labels",
        text: "select facet, value, label from search_labels($1, $2, $3, $4, $5, $6)",
        values: [
          tenantId,
          kind === "product" ? "product" : "content",
          locale,
          unknown["categories"] ?? [],
          unknown["tags"] ?? [],
          unknown["authors"] ?? [],
        ],
      });
      for (const { facet, value, label } of rows) {
        labels.set(keyOf(facet, value), label);
        known.set(keyOf(facet, value), label);
      }
    }
    return (facet, value) => labels.get(keyOf(facet, value)) ?? value;
  };
}
