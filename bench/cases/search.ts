import pg from "pg";
import { requestOf } from "../../src/modules/search/postgres/request.ts";
import { askInTurn, compare, connections, describe, load, type Comparison } from "../load.ts";
import { searched, searchProducts } from "../queries.ts";
import { products } from "../scale.ts";
import { searches } from "../search-words.ts";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";

const seconds = 5;

/** A search page through GraphQL, against the engine's own SQL asked by `pg` with the same parameters. */
export async function benchSearch(shop: Shop): Promise<Comparison & { result: Result }> {
  const pool = new pg.Pool({
    connectionString: shop.databaseUrl,
    max: connections,
    options: "-c role=rustok_app",
  });
  try {
    const queries = await searches(shop.owner, shop.tenantId);
    const shots = queries.map((query) => ({
      path: "/api/graphql",
      body: JSON.stringify({ query: searchProducts, variables: { query } }),
    }));
    const askDirectly = (turn: number) =>
      pool.query({
        name: "search_products",
        text: "select search_products($1, $2) as answer",
        values: [shop.tenantId, parametersOf(queries[turn % queries.length] ?? "")],
      });
    const compared = await compare(
      () => load(shop.server.url, shots, seconds, (body) => body.includes('"POSTGRESQL"')),
      () => askInTurn(askDirectly, seconds),
    );
    const { ours, yardstick, ratio } = compared;
    return {
      ...compared,
      result: {
        what: `GraphQL searchProducts with facets on ${products(shop.products)}, PostgreSQL`,
        measured: describe(ours),
        yardstick: `the same SQL through pg: ${describe(yardstick)}`,
        toReach: "≥ 0.8",
        reached: ratio.toFixed(2),
      },
    };
  } finally {
    await pool.end();
  }
}

/** What the resolver asks the engine for on behalf of `searchProducts`. */
const parametersOf = (query: string) => requestOf({ ...searched, query, highlights: ["title"] });
