import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { ContentHitView } from "./content-search.view.ts";
import type { FoundMixed } from "./engine.ts";
import { type Answer, AnswerView } from "./hit.view.ts";
import { ProductHitView } from "./product-search.view.ts";

export const SearchHit = createUnionType({
  name: "SearchHit",
  types: () => [ProductHitView, ContentHitView] as const,
  resolveType: (card) => ("handle" in card ? ProductHitView : ContentHitView),
});

@ObjectType({ simpleResolvers: true })
class SearchTotals {
  @Field(() => Int)
  products!: number;

  @Field(() => Int)
  content!: number;
}

@ObjectType("SearchAnswer", { simpleResolvers: true })
export class SearchView extends AnswerView {
  @Field(() => [SearchHit], { description: "Best first, whatever their kind." })
  hits!: (ProductHitView | ContentHitView)[];

  @Field(() => SearchTotals, { description: "How many of each kind were found." })
  totals!: SearchTotals;
}

/** The answer before somebody asks for a correction. */
export type SearchAnswer = Answer & Pick<SearchView, "hits" | "totals">;

export function viewMixed(
  { hits, totals, engine, degraded }: FoundMixed,
  correct: Answer["correct"],
): SearchAnswer {
  const cards = hits.map(({ card }) => card) as SearchView["hits"];
  return { hits: cards, totals, engine, degraded, correct };
}
