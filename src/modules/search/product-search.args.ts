import { ArgsType, Field, InputType, Int, registerEnumType } from "type-graphql";
import { z } from "zod";
import { MemberFilter } from "#modules/storefront";
import { ValidatedBy } from "#kernel/graphql/validation";
import type { Maybe, ProductSearchFilter } from "./engine.ts";
import {
  among,
  Choice,
  ChoiceFilter,
  chosen,
  OptionFilter,
  Options,
  PriceFilter,
  Prices,
  searchArgs,
} from "./filters.input.ts";

@InputType("ProductSearchFilter")
class FilterInput {
  @Field(() => MemberFilter, { nullable: true, description: "By handle; what is below it counts." })
  category?: MemberFilter | null;

  @Field(() => MemberFilter, { nullable: true, description: "By handle." })
  tag?: MemberFilter | null;

  @Field(() => ChoiceFilter, { nullable: true })
  vendor?: ChoiceFilter | null;

  @Field(() => ChoiceFilter, { nullable: true })
  productType?: ChoiceFilter | null;

  @Field(() => [OptionFilter], { nullable: true, description: "All of them must hold." })
  options?: OptionFilter[] | null;

  @Field(() => PriceFilter, { nullable: true, description: "Of the cheapest variant." })
  price?: PriceFilter | null;

  @Field(() => Boolean, { nullable: true })
  inStock?: boolean | null;
}

export enum ProductSearchSort {
  RELEVANCE = "relevance",
  NEWEST = "newest",
  TITLE = "title",
  PRICE_ASC = "price_asc",
  PRICE_DESC = "price_desc",
}
registerEnumType(ProductSearchSort, { name: "ProductSearchSort" });

@ValidatedBy(
  z.object({
    ...searchArgs,
    currency: z.string().nullish(),
    filter: z
      .object({
        category: Choice,
        tag: Choice,
        vendor: Choice,
        productType: Choice,
        options: Options,
        price: Prices,
        inStock: z.boolean().nullish(),
      })
      .nullish(),
  }),
)
@ArgsType()
export class ProductSearchArgs {
  @Field(() => String, {
    defaultValue: "",
    description: "What was typed, the last word perhaps unfinished. Nothing finds everything.",
  })
  query!: string;

  @Field(() => String, { nullable: true, description: "BCP 47; the tenant's default if left out." })
  locale?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "ISO 4217, what prices are in; the tenant's default if left out.",
  })
  currency?: string | null;

  @Field(() => FilterInput, { nullable: true })
  filter?: FilterInput | null;

  @Field(() => ProductSearchSort, { defaultValue: ProductSearchSort.RELEVANCE })
  sort!: ProductSearchSort;

  @Field(() => Int, { defaultValue: 20, description: "At most 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}

/** The filter as the engine has it. */
export function productFilter(filter: Maybe<FilterInput>): ProductSearchFilter {
  return {
    categories: among(filter?.category),
    tags: among(filter?.tag),
    vendors: chosen(filter?.vendor),
    productTypes: chosen(filter?.productType),
    options: filter?.options?.map(({ name, in: values }) => ({ name, values })),
    price: filter?.price,
    inStock: filter?.inStock,
  };
}
