import { LRUCache } from "lru-cache";
import type { Database } from "#kernel/database/database";
import type { IndexKind } from "./indexes.ts";

/** What people call the values of facets; a value without a name is called by itself. */
export type LabelsOf = (
  of: { tenantId: string; kind: IndexKind; locale: string },
  values: Record<string, string[]>,
) => Promise<(facet: string, value: string) => string>;

/** Facets whose values are handles. */
const named = ["categories", "tags", "authors"];

/** Reads names where they are kept; one that changed is called by its old name for up to five seconds. */
export function labelsFrom({ pool }: Pick<Database, "pool">): LabelsOf {
  const known = new LRUCache<string, string>({ max: 50_000, ttl: 5_000 });

  async function read(of: string[], handles: Record<string, string[]>) {
    const { rows } = await pool.query<{ facet: string; value: string; label: string }>({
      name: "search-labels",
      text: "select facet, value, label from search_labels($1, $2, $3, $4, $5, $6)",
      values: [...of, ...named.map((facet) => handles[facet] ?? [])],
    });
    return new Map(rows.map(({ facet, value, label }) => [`${facet} ${value}`, label]));
  }

  return async ({ tenantId, kind, locale }, values) => {
    const keyOf = (facet: string, value: string) =>
      `${tenantId}\n${kind}\n${locale}\n${facet}\n${value}`;
    const labels: Record<string, Map<string, string>> = {};
    const unknown: Record<string, string[]> = {};
    for (const facet of named) {
      const own = (labels[facet] = new Map<string, string>());
      for (const value of values[facet] ?? []) {
        const label = known.get(keyOf(facet, value));
        if (label === undefined) (unknown[facet] ??= []).push(value);
        else own.set(value, label);
      }
    }
    if (Object.keys(unknown).length > 0) {
      const names = await read(
        [tenantId, kind === "product" ? "product" : "content", locale],
        unknown,
      );
      for (const [facet, handles] of Object.entries(unknown)) {
        for (const value of handles) {
          const label = names.get(`${facet} ${value}`) ?? value;
          labels[facet]?.set(value, label);
          known.set(keyOf(facet, value), label);
        }
      }
    }
    return (facet, value) => labels[facet]?.get(value) ?? value;
  };
}
