import pg from "pg";
import { requestOf } from "../../src/modules/search/postgres-request.ts";
import { compare, load, percentile, type Measured } from "../load.ts";
import { searchProducts } from "../queries.ts";
import type { Result } from "../table.ts";
import { describe } from "./detail.ts";

const seconds = 5;
const connections = 16;

/** Searches as people type them: whole words, beginnings and misspellings of words that the titles hold. */
async function searches(databaseUrl: string, tenantId: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  const { rows } = await owner.query<{ word: string }>(
    `select word from index_words
     where tenant_id = $1 and locale = 'en' and length(word) >= 6 and word ~ '^[a-z]+$'
     group by word order by md5(word) limit 60`,
    [tenantId],
  );
  await owner.end();
  return rows.map(({ word }, turn) => {
    if (turn % 3 === 0) return word;
    return turn % 3 === 1 ? word.slice(0, 4) : `${word.slice(0, 2)}${word.slice(3)}`;
  });
}

/** A search page through GraphQL, against the engine's own SQL asked by `pg` with the same parameters. */
export async function benchSearch(on: {
  url: string;
  databaseUrl: string;
  tenantId: string;
}): Promise<Result> {
  const pool = new pg.Pool({
    connectionString: on.databaseUrl,
    max: connections,
    options: "-c role=rustok_app",
  });
  try {
    const queries = await searches(on.databaseUrl, on.tenantId);
    const { ours, yardstick, ratio } = await compare(
      () =>
        load(
          on.url,
          queries.map((query) => ({
            path: "/api/graphql",
            body: JSON.stringify({ query: searchProducts, variables: { query } }),
          })),
          seconds,
        ),
      () => askDirectly(pool, on.tenantId, queries),
    );
    return {
      what: "GraphQL searchProducts with facets on 10,000 products",
      measured: describe(ours),
      yardstick: `the same SQL through pg: ${describe(yardstick)}`,
      toReach: "≥ 0.8",
      reached: ratio.toFixed(2),
    };
  } finally {
    await pool.end();
  }
}

async function askDirectly(pool: pg.Pool, tenantId: string, queries: string[]): Promise<Measured> {
  const end = performance.now() + seconds * 1_000;
  const times: number[] = [];
  const asker = async (first: number) => {
    for (let turn = first; performance.now() < end; turn += connections) {
      const began = performance.now();
      await pool.query({
        name: "search_products",
        text: "select search_products($1, $2) as answer",
        values: [tenantId, parametersOf(queries[turn % queries.length] ?? "")],
      });
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, first) => asker(first)));
  return {
    perSecond: times.length / seconds,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  };
}

/** What the resolver asks the engine for on behalf of the query in `queries.ts`. */
const parametersOf = (query: string) =>
  requestOf({
    query,
    locale: "en",
    currency: "EUR",
    filter: {},
    sort: "relevance",
    first: 20,
    facets: ["categories", "vendors", "tags"],
    withTotal: true,
    highlights: ["title"],
  });
