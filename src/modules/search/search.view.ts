import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { ContentHitView } from "./content-search.view.ts";
import type { FoundMixed } from "./engine.ts";
import { type Answer, AnswerView } from "./hit.view.ts";
import { ProductHitView } from "./product-search.view.ts";

/** Told apart by their classes: `resolveType` would answer a promise, which compiled queries cannot take. */
export const SearchHit = createUnionType({
  name: "SearchHit",
  types: () => [ProductHitView, ContentHitView] as const,
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
  const views = hits.map(({ kind, card }) =>
    Object.assign(kind === "product" ? new ProductHitView() : new ContentHitView(), card),
  ) as SearchView["hits"];
  return { hits: views, totals, engine, degraded, correct };
}
