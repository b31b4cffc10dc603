import { graphql } from "../graphql.ts";
import { percentile } from "../load.ts";
import { searchProducts } from "../queries.ts";
import { products } from "../scale.ts";
import { commonWords } from "../search-words.ts";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";

const rounds = 40;

/** The words that most titles hold, one search after the other: how long PostgreSQL takes where it has most to count. */
export async function benchCommonSearch(shop: Shop): Promise<Result> {
  const words = await commonWords(shop.owner, shop.tenantId);
  const ask = graphql(shop.server.url);
  const times = new Map<string, number[]>(words.map((word) => [word, []]));
  let found = 0;
  for (let round = -2; round < rounds; round++) {
    for (const [query, ofWord] of times) {
      const began = performance.now();
      const { searchProducts: answer } = await ask<{ searchProducts: { totalCount: number } }>(
        searchProducts,
        { query },
      );
      if (round >= 0) ofWord.push(performance.now() - began);
      found = Math.max(found, answer.totalCount);
    }
  }
  const median = percentile([...times.values()].flat(), 50);
  const each = [...times].map(([word, ofWord]) => `${word} ${percentile(ofWord, 50).toFixed(0)}`);
  return {
    what: `searchProducts on PostgreSQL, ${products(shop.products)}, common term with facets`,
    measured: `p50 ${median.toFixed(1)} ms (${each.join(", ")}; up to ${found.toLocaleString("en")} hits)`,
    yardstick: "",
    toReach: "report; aim ≤ 40 ms median",
    reached: `${median.toFixed(0)} ms`,
  };
}
