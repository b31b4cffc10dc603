import { Field, GraphQLISODateTime, InputType, Int, registerEnumType } from "type-graphql";
import { z } from "zod";
import { Requires } from "#kernel/access/access";
import { planned, refuseContradictions } from "#kernel/aggregates/timed-publication";
import { productStatuses, type ProductStatus } from "#entities/commerce/product";
import { distinctIds, Handle, label, Moment, perTenant } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";
import { misfits } from "./combinations.ts";
import { limits } from "./fields.ts";
import {
  ChangedProductOptionInput,
  ChangedVariantInput,
  ProductImageInput,
  productImages,
  productOption,
  ProductOptionInput,
  productOptions,
  ProductTranslationInput,
  productTranslationsOf,
} from "./product-parts.input.ts";
import { VariantInput, variantOf } from "./variant.input.ts";

export const ProductStatusEnum = Object.fromEntries(
  productStatuses.map((status) => [status, status]),
) as Record<ProductStatus, ProductStatus>;
registerEnumType(ProductStatusEnum, { name: "ProductStatus" });

const described = { vendor: label(255).nullish(), productType: label(255).nullish() };
const boost = z.int().min(-100).max(100);
const categoryIds = distinctIds(limits.categories);
const tagIds = distinctIds(limits.tags);

/** Beside faults elsewhere the variants are judged still, so that every fault is told at once. */
function hasReadableVariants({ issues }: z.core.ParsePayload): boolean {
  return issues.every(
    ({ path = [], continue: readable }) =>
      readable || (path[0] !== "options" && path[0] !== "variants"),
  );
}

export const createProduct = perTenant((tenant) =>
  z
    .object({
      ...described,
      ...planned,
      handle: Handle,
      status: z.enum(productStatuses).default("draft"),
      boost: boost.default(0),
      publishedAt: Moment.nullish(),
      translations: productTranslationsOf(tenant),
      options: productOptions(productOption).default([]),
      variants: z.array(variantOf(tenant)).max(limits.variants).default([]),
      images: productImages.default([]),
      categoryIds: categoryIds.default([]),
      tagIds: tagIds.default([]),
    })
    .superRefine(
      (product, context) => {
        for (const issue of misfits(product)) context.addIssue({ code: "custom", ...issue });
      },
      { when: hasReadableVariants },
    )
    .superRefine(refuseContradictions),
);
export type CreateProduct = z.output<ReturnType<typeof createProduct>>;

export const updateProduct = perTenant((tenant) =>
  key
    .extend({
      ...described,
      ...planned,
      handle: Handle.optional(),
      boost: boost.optional(),
      translations: productTranslationsOf(tenant).optional(),
      options: productOptions(productOption.extend({ id: Id.optional() })).optional(),
      variants: z
        .array(variantOf(tenant).extend({ id: Id.optional() }))
        .max(limits.variants)
        .optional(),
      images: productImages.optional(),
      categoryIds: categoryIds.optional(),
      tagIds: tagIds.optional(),
    })
    .superRefine(refuseContradictions),
);
export type UpdateProduct = z.output<ReturnType<typeof updateProduct>>;

const ranked =
  "From -100 to 100: above 0 search shows it before others that match as well, below 0 after them.";

@ValidatedBy(createProduct)
@InputType()
export class CreateProductInput {
  @Field(() => String)
  handle!: string;

  @Field(() => ProductStatusEnum, { nullable: true, description: "Draft, unless said otherwise." })
  status?: ProductStatus;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it was first made public; left out, that is set at its publication.",
  })
  publishedAt?: Date | null;

  @Field(() => String, { nullable: true })
  vendor?: string | null;

  @Field(() => String, { nullable: true })
  productType?: string | null;

  @Field(() => Int, { nullable: true, description: ranked })
  boost?: number;

  @Requires("commerce:publish")
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      "When it is to become public by itself, at once if that is past; null: not by itself.",
  })
  publishAt?: Date | null;

  @Requires("commerce:publish")
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it is to be public no longer; null: not by itself.",
  })
  unpublishAt?: Date | null;

  @Field(() => [ProductTranslationInput])
  translations!: ProductTranslationInput[];

  @Field(() => [ProductOptionInput], { nullable: true })
  options?: ProductOptionInput[];

  @Field(() => [VariantInput], { nullable: true })
  variants?: VariantInput[];

  @Field(() => [ProductImageInput], { nullable: true })
  images?: ProductImageInput[];

  @Field(() => [GraphQLId], { nullable: true })
  categoryIds?: string[];

  @Field(() => [GraphQLId], { nullable: true })
  tagIds?: string[];
}

@ValidatedBy(updateProduct)
@InputType({
  description: "What is left out stays; a list that is given replaces the one there is.",
})
export class UpdateProductInput extends KeyInput {
  @Field(() => String, { nullable: true })
  handle?: string;

  @Field(() => String, { nullable: true })
  vendor?: string | null;

  @Field(() => String, { nullable: true })
  productType?: string | null;

  @Field(() => Int, { nullable: true, description: ranked })
  boost?: number;

  @Requires("commerce:publish")
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      "When it is to become public by itself, at once if that is past; null: not by itself.",
  })
  publishAt?: Date | null;

  @Requires("commerce:publish")
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it is to be public no longer; null: not by itself.",
  })
  unpublishAt?: Date | null;

  @Field(() => [ProductTranslationInput], { nullable: true })
  translations?: ProductTranslationInput[];

  @Field(() => [ChangedProductOptionInput], { nullable: true })
  options?: ChangedProductOptionInput[];

  @Field(() => [ChangedVariantInput], { nullable: true })
  variants?: ChangedVariantInput[];

  @Field(() => [ProductImageInput], { nullable: true })
  images?: ProductImageInput[];

  @Field(() => [GraphQLId], { nullable: true })
  categoryIds?: string[];

  @Field(() => [GraphQLId], { nullable: true })
  tagIds?: string[];
}
