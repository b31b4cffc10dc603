import { Field, ObjectType } from "type-graphql";
import { NamedView } from "#modules/storefront";
import type { ContentCard, FacetCount, FoundContent } from "./engine.ts";
import { FacetCountView, HitView, hitConnectionOf } from "./hit.view.ts";

@ObjectType("ContentHitAuthor", { simpleResolvers: true })
class HitAuthorView extends NamedView {}

@ObjectType("ContentHit", { simpleResolvers: true })
export class ContentHitView extends HitView implements ContentCard {
  @Field(() => String)
  kind!: string;

  @Field(() => String)
  slug!: string;

  @Field(() => String, { nullable: true })
  excerpt!: string | null;

  @Field(() => HitAuthorView, { nullable: true })
  author!: HitAuthorView | null;
}

@ObjectType("ContentFacets", {
  simpleResolvers: true,
  description:
    "The hundred most frequent values of each, most frequent first. Ask for what you show: each is counted.",
})
export class ContentFacetsView {
  @Field(() => [FacetCountView])
  kinds!: FacetCount[];

  @Field(() => [FacetCountView], { description: "With the categories above." })
  categories!: FacetCount[];

  @Field(() => [FacetCountView])
  tags!: FacetCount[];

  @Field(() => [FacetCountView])
  authors!: FacetCount[];
}

export const ContentHitConnection = hitConnectionOf(
  "ContentHit",
  ContentHitView,
  ContentFacetsView,
);

export function viewContentFacets({ facets }: FoundContent): ContentFacetsView {
  const { kinds = [], categories = [], tags = [], authors = [] } = facets;
  return { kinds, categories, tags, authors };
}
