import { Field, ObjectType } from "type-graphql";
import { ImageView, PriceRangeView } from "#modules/storefront";
import type { FacetCount, FoundProducts, ProductCard } from "./engine.ts";
import { FacetCountView, HitView, hitConnectionOf } from "./hit.view.ts";

@ObjectType("ProductHit", { simpleResolvers: true })
export class ProductHitView extends HitView implements ProductCard {
  @Field(() => String)
  handle!: string;

  @Field(() => String, { nullable: true })
  vendor!: string | null;

  @Field(() => String, { nullable: true })
  productType!: string | null;

  @Field(() => ImageView, { nullable: true, description: "The first." })
  image!: ImageView | null;

  @Field(() => PriceRangeView, {
    nullable: true,
    description: "Null when it is not sold in the currency.",
  })
  priceRange!: PriceRangeView | null;

  @Field(() => Boolean)
  inStock!: boolean;
}

@ObjectType("OptionFacet", { simpleResolvers: true })
class OptionFacetView {
  @Field(() => String)
  name!: string;

  @Field(() => [FacetCountView])
  values!: FacetCount[];
}

@ObjectType("ProductFacets", {
  simpleResolvers: true,
  description:
    "The hundred most frequent values of each, most frequent first. Ask for what you show: each is counted.",
})
export class ProductFacetsView {
  @Field(() => [FacetCountView], { description: "With the categories above." })
  categories!: FacetCount[];

  @Field(() => [FacetCountView])
  tags!: FacetCount[];

  @Field(() => [FacetCountView])
  vendors!: FacetCount[];

  @Field(() => [FacetCountView])
  productTypes!: FacetCount[];

  @Field(() => [OptionFacetView])
  options!: OptionFacetView[];

  @Field(() => PriceRangeView, {
    nullable: true,
    description: "The lowest and the highest price of a cheapest variant.",
  })
  priceRange!: PriceRangeView | null;
}

export const ProductHitConnection = hitConnectionOf(
  "ProductHit",
  ProductHitView,
  ProductFacetsView,
);

export function viewProductFacets({ facets, priceRange }: FoundProducts): ProductFacetsView {
  const { categories = [], tags = [], vendors = [], productTypes = [], options = [] } = facets;
  return { categories, tags, vendors, productTypes, options: byOption(options), priceRange };
}

/** "Size=M" and "Size=L" are values of one option. */
function byOption(counts: FacetCount[]): OptionFacetView[] {
  const options = new Map<string, OptionFacetView>();
  for (const { value: pair, count } of counts) {
    const split = pair.indexOf("=");
    const name = pair.slice(0, split);
    const value = pair.slice(split + 1);
    const option = options.get(name) ?? { name, values: [] };
    option.values.push({ value, label: value, count });
    options.set(name, option);
  }
  return [...options.values()];
}
