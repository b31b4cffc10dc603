import type { RankingRule } from "../engine.ts";

/** How many values each of a product's signals may have: the numbers that a search function makes of them. */
const values: Record<RankingRule, number> = { boost: 201, stock: 2, sales: 64, recency: 65_536 };
const closenesses = 512;

/** What counts how much in the number that hits are ordered by. */
export type RankingWeights = Partial<Record<`by_${RankingRule}`, number>> & {
  /** Of how well the words match: the most. What remains after dividing by it says nothing of the words. */
  by_match: number;
};

/**
 * Weights under which no rule outweighs one before it, nor all of them how well the words match.
 * Of rules that the kind knows nothing of there is no weight. At most 2⁴⁰, so that numbers stay whole.
 */
export function rankingWeights(ranking: RankingRule[], known: RankingRule[]): RankingWeights {
  const weights: RankingWeights = { by_match: closenesses };
  for (const rule of [...new Set(ranking)].toReversed()) {
    if (!known.includes(rule)) continue;
    weights[`by_${rule}`] = weights.by_match;
    weights.by_match *= values[rule];
  }
  return weights;
}
