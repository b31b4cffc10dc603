import type { Meilisearch, MultiSearchParams } from "meilisearch";
import pg from "pg";
import { as } from "#kernel/database/database";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { meilisearchEngine } from "../../src/modules/search/meilisearch/engine.ts";
import { placeOf } from "../../src/modules/search/place.ts";
import { askInTurn, compare, describe, load, type Comparison } from "../load.ts";
import type { BenchMeilisearch } from "../meilisearch.ts";
import { searched, searchWithSnippets } from "../queries.ts";
import { searches } from "../search-words.ts";
import { products } from "../scale.ts";
import type { Shop } from "../shop.ts";
import type { Aim, Result } from "../table.ts";

const seconds = 5;

export const aim = (count: number): Aim => ({
  what: `GraphQL searchProducts with facets and highlights on ${products(count)}, Meilisearch`,
  toReach: "≥ 0.8, p99 ≤ 1.3 ×",
});

/** A search page through GraphQL, against the very same requests sent to Meilisearch by its client. */
export async function benchMeilisearch(
  shop: Shop,
  { client }: BenchMeilisearch,
): Promise<Comparison & { result: Result }> {
  const queries = await searches(shop.owner, shop.tenantId);
  const requests = await requestsOf(shop, client, queries);
  const shots = queries.map((query) => ({
    path: "/api/graphql",
    body: JSON.stringify({ query: searchWithSnippets, variables: { query } }),
  }));
  const askDirectly = async (turn: number) => {
    const request = requests[turn % requests.length];
    if (request) await client.multiSearch(request);
  };
  const compared = await compare(
    () => load(shop.server.url, shots, seconds, (body) => body.includes('"MEILISEARCH"')),
    () => askInTurn(askDirectly, seconds),
  );
  const { ours, yardstick, ratio, p99Ratio } = compared;
  return {
    ...compared,
    result: {
      ...aim(shop.products),
      measured: describe(ours),
      yardstick: `the same through its client: ${describe(yardstick)}`,
      reached: `${ratio.toFixed(2)}, p99 ${p99Ratio.toFixed(2)} ×`,
    },
  };
}

/** What our engine asks Meilisearch for on behalf of `searchWithSnippets`, overheard. */
async function requestsOf(
  shop: Shop,
  client: Meilisearch,
  queries: string[],
): Promise<MultiSearchParams[]> {
  const pool = new pg.Pool({ connectionString: shop.databaseUrl, options: as("rustok_app") });
  const requests: MultiSearchParams[] = [];
  const overheard = {
    multiSearch(request: MultiSearchParams) {
      requests.push(request);
      return client.multiSearch(request);
    },
  };
  try {
    const db = { pool };
    const tenant = await findTenant(db as never, { id: shop.tenantId });
    if (!tenant) throw new Error("There is no such shop.");
    const engine = meilisearchEngine({
      client: overheard as Meilisearch,
      prefix: shop.indexPrefix,
      placeOf: (...of) => placeOf(db, ...of),
      db,
      timeoutMs: 10_000,
    });
    for (const query of queries) {
      await engine.searchProducts(tenant, {
        ...searched,
        query,
        highlights: ["title", "description"],
      });
    }
    return requests;
  } finally {
    await pool.end();
  }
}
