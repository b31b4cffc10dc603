import { expect, test } from "vitest";
import type { RankingRule } from "#modules/search";
import { rankingWeights } from "../../../../src/modules/search/postgres/ranking-weights.ts";

const rules: RankingRule[] = ["boost", "stock", "sales", "recency"];
/** The most that a row can have of each: see the signals of the search functions. */
const most = { boost: 200, stock: 1, sales: 63, recency: 65_535 };
/** Words that stand apart, and the longest title. */
const leastClose = 256 + 255;

function* orders(left: RankingRule[], before: RankingRule[] = []): Generator<RankingRule[]> {
  yield before;
  for (const rule of left) {
    yield* orders(
      left.filter((other) => other !== rule),
      [...before, rule],
    );
  }
}

test("in every order of every choice of rules, none outweighs one before it, nor all of them the words", () => {
  for (const ranking of orders(rules)) {
    const weights = rankingWeights(ranking, rules);
    let below = leastClose;
    for (const rule of ranking.toReversed()) {
      const weight = weights[`by_${rule}`] ?? 0;
      expect(weight).toBeGreaterThan(below);
      below += weight * most[rule];
    }
    expect(weights.by_match).toBeGreaterThan(below);
    expect(Object.keys(weights)).toHaveLength(ranking.length + 1);
    // Three levels of 64 distances each.
    expect(Number.isSafeInteger(weights.by_match * 4 * 64)).toBe(true);
  }
});

test("a rule named twice counts once, in its first place; one that a kind does not know not at all", () => {
  expect(rankingWeights(["sales", "boost", "sales"], rules)).toEqual(
    rankingWeights(["sales", "boost"], rules),
  );
  expect(rankingWeights(["boost", "recency", "stock"], ["recency"])).toEqual({
    by_recency: 512,
    by_match: 512 * 65_536,
  });
});
