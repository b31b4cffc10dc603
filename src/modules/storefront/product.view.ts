import { Field, Int, ObjectType } from "type-graphql";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import type { ProductDocument, VariantDocument } from "#modules/index";
import { DocumentView, PriceRangeView, PriceView } from "./shared.view.ts";

@ObjectType("SelectedOption", { simpleResolvers: true })
class SelectedOptionView {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType("ProductOption", { simpleResolvers: true })
class ProductOptionView {
  @Field(() => String)
  name!: string;

  @Field(() => [String])
  values!: string[];
}

@ObjectType("Image", { simpleResolvers: true })
export class ImageView {
  @Field(() => String)
  url!: string;

  @Field(() => String, { nullable: true })
  alt!: string | null;
}

@ObjectType("Variant", { simpleResolvers: true })
export class VariantView implements VariantDocument {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String, { nullable: true })
  sku!: string | null;

  @Field(() => String, { nullable: true })
  barcode!: string | null;

  @Field(() => String, { nullable: true })
  title!: string | null;

  @Field(() => Int, { nullable: true })
  weightGrams!: number | null;

  @Field(() => [SelectedOptionView])
  options!: SelectedOptionView[];

  @Field(() => PriceView, { nullable: true, description: "In the currency that was asked for." })
  price!: PriceView | null;

  @Field(() => [PriceView])
  prices!: PriceView[];

  @Field(() => Int, { description: "On hand at all locations together; 0 when oversold." })
  quantity!: number;

  @Field(() => Boolean)
  inStock!: boolean;
}

@ObjectType("Product", { simpleResolvers: true })
export class ProductView extends DocumentView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String)
  handle!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: "Sanitised HTML." })
  description!: string;

  @Field(() => String, { nullable: true })
  vendor!: string | null;

  @Field(() => String, { nullable: true })
  productType!: string | null;

  @Field(() => [ProductOptionView])
  options!: ProductOptionView[];

  @Field(() => [VariantView])
  variants!: VariantView[];

  @Field(() => PriceRangeView, {
    nullable: true,
    description: "In the currency that was asked for.",
  })
  priceRange!: PriceRangeView | null;

  @Field(() => [PriceRangeView])
  priceRanges!: PriceRangeView[];

  @Field(() => [ImageView])
  images!: ImageView[];
}

export const ProductConnection = connectionOf(() => ProductView, "Product");

/** The document with what it costs in one currency; it is changed in place, for it is read for this answer alone. */
export function viewProduct(
  document: ProductDocument,
  indexedAt: Date,
  currency: string,
): ProductView {
  const inCurrency = (price: { currency: string }) => price.currency === currency;
  const product = document as unknown as ProductView;
  product.indexedAt = indexedAt;
  product.sourceRevision = product.revision;
  product.priceRange = product.priceRanges.find(inCurrency) ?? null;
  for (const variant of product.variants) variant.price = variant.prices.find(inCurrency) ?? null;
  return product;
}
