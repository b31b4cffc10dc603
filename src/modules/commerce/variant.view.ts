import { GraphQLSafeInt } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import type { ProductVariant } from "#entities/commerce/product";
import { Requires } from "#kernel/access/access";
import { GraphQLId } from "#kernel/graphql/scalars";
import { sortedBy } from "./sorted-by.ts";

@ObjectType("AdminVariantOption", { simpleResolvers: true })
export class VariantOptionView {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType("AdminVariantTranslation", { simpleResolvers: true })
export class VariantTranslationView {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  title!: string;
}

@ObjectType("AdminPrice", { simpleResolvers: true })
export class PriceView {
  @Field(() => String, { description: "ISO 4217." })
  currency!: string;

  @Field(() => GraphQLSafeInt, { description: "Minor units: 1999 is 19.99 EUR and 1999 JPY." })
  amount!: number;

  @Field(() => GraphQLSafeInt, { nullable: true, description: "What it cost before." })
  compareAtAmount!: number | null;
}

@ObjectType("AdminCost", { simpleResolvers: true })
export class CostView {
  @Field(() => String, { description: "ISO 4217." })
  currency!: string;

  @Field(() => GraphQLSafeInt, { description: "Minor units: 1999 is 19.99 EUR and 1999 JPY." })
  amount!: number;
}

@ObjectType("AdminInventoryLevel", { simpleResolvers: true })
export class InventoryLevelView {
  @Field(() => GraphQLId)
  locationId!: string;

  @Field(() => Int, { description: "On hand; below zero means oversold." })
  quantity!: number;
}

@ObjectType("AdminVariant", { simpleResolvers: true })
export class VariantView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => GraphQLId)
  productId!: string;

  @Field(() => Int, { description: "The product's: a variant changes as a part of it." })
  revision!: number;

  @Field(() => String, { nullable: true })
  sku!: string | null;

  @Field(() => String, { nullable: true })
  barcode!: string | null;

  @Field(() => Int, { nullable: true })
  weightGrams!: number | null;

  @Field(() => [VariantOptionView])
  options!: VariantOptionView[];

  @Field(() => [VariantTranslationView])
  translations!: VariantTranslationView[];

  @Field(() => [PriceView])
  prices!: PriceView[];

  @Requires("inventory:cost")
  @Field(() => CostView, {
    nullable: true,
    description: "What one costs the shop; null where that is not known.",
  })
  cost!: CostView | null;

  @Field(() => [InventoryLevelView])
  inventory!: InventoryLevelView[];
}

/** A part that is not loaded is left empty. */
export function viewVariant(variant: ProductVariant): VariantView {
  const { id, product } = variant;
  return {
    id,
    productId: product.id,
    revision: product.revision,
    sku: variant.sku ?? null,
    barcode: variant.barcode ?? null,
    weightGrams: variant.weightGrams ?? null,
    options: sortedBy(variant.options, ({ option }) => option.position).map(
      ({ option, value }) => ({ name: option.name, value }),
    ),
    translations: sortedBy(variant.translations, (each) => each.locale).map(
      ({ locale, title }) => ({ locale, title }),
    ),
    prices: sortedBy(variant.prices, (price) => price.currency).map(
      ({ currency, amount, compareAtAmount }) => ({
        currency,
        amount,
        compareAtAmount: compareAtAmount ?? null,
      }),
    ),
    cost: viewCost(variant),
    inventory: sortedBy(variant.inventory, (level) => level.locationId).map(
      ({ locationId, quantity }) => ({ locationId, quantity }),
    ),
  };
}

function viewCost({ costAmount, costCurrency }: ProductVariant): CostView | null {
  const known = typeof costAmount === "number" && typeof costCurrency === "string";
  return known ? { currency: costCurrency, amount: costAmount } : null;
}
