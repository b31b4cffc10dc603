import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { Product, ProductStatus } from "#entities/commerce/product";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import { type Selecting, wants } from "#kernel/graphql/selection";
import type { ProductPart } from "./load.ts";
import { ProductStatusEnum } from "./product.input.ts";
import { loaded, sortedBy } from "./sorted-by.ts";
import { VariantView, viewVariant } from "./variant.view.ts";

@ObjectType("AdminProductTranslation", { simpleResolvers: true })
export class ProductTranslationView {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: "HTML, sanitised." })
  description!: string;

  @Field(() => String, { nullable: true })
  seoTitle!: string | null;

  @Field(() => String, { nullable: true })
  seoDescription!: string | null;
}

@ObjectType("AdminProductOption", { simpleResolvers: true })
export class ProductOptionView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType("AdminProductImage", { simpleResolvers: true })
export class ProductImageView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String)
  url!: string;

  @Field(() => String, { nullable: true })
  alt!: string | null;
}

@ObjectType("AdminProduct", { simpleResolvers: true })
export class ProductView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => String)
  handle!: string;

  @Field(() => ProductStatusEnum)
  status!: ProductStatus;

  @Field(() => String, { nullable: true })
  vendor!: string | null;

  @Field(() => String, { nullable: true })
  productType!: string | null;

  @Field(() => Int, {
    description: "From -100 to 100: its weight among products that match a search as well.",
  })
  boost!: number;

  @Field(() => [ProductTranslationView])
  translations!: ProductTranslationView[];

  @Field(() => [ProductOptionView])
  options!: ProductOptionView[];

  @Field(() => [VariantView])
  variants!: VariantView[];

  @Field(() => [ProductImageView])
  images!: ProductImageView[];

  @Field(() => [GraphQLId])
  categoryIds!: string[];

  @Field(() => [GraphQLId])
  tagIds!: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it was first made public; kept while it is unpublished.",
  })
  publishedAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it is to become public by itself.",
  })
  publishAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it is to be public no longer.",
  })
  unpublishAt!: Date | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export const ProductConnection = connectionOf(() => ProductView, "AdminProduct");

/** The parts that whoever asks will see of the products at the path. */
export const partsIn = (info: Selecting, ...path: string[]): ProductPart[] =>
  Object.entries(partsOfFields)
    .filter(([field]) => wants(info, ...path, ...field.split(".")))
    .map(([, part]) => part);

const partsOfFields: Record<string, ProductPart> = {
  translations: "translations",
  options: "options",
  images: "images",
  categoryIds: "categories",
  tagIds: "tags",
  variants: "variants",
  "variants.translations": "variants.translations",
  "variants.options": "variants.options.option",
  "variants.prices": "variants.prices",
  "variants.inventory": "variants.inventory",
};

/** A part that is not loaded is left empty. */
export function viewProduct(product: Product): ProductView {
  const { id, revision, handle, status, boost, createdAt, updatedAt } = product;
  return {
    id,
    revision,
    handle,
    status,
    boost,
    createdAt,
    updatedAt,
    vendor: product.vendor ?? null,
    productType: product.productType ?? null,
    publishedAt: product.publishedAt ?? null,
    publishAt: product.publishAt ?? null,
    unpublishAt: product.unpublishAt ?? null,
    translations: viewTranslations(product),
    options: sortedBy(product.options, ({ position }) => position).map((option) => ({
      id: option.id,
      name: option.name,
    })),
    variants: sortedBy(product.variants, ({ position }) => position).map(viewVariant),
    images: sortedBy(product.images, ({ position }) => position).map((image) => ({
      id: image.id,
      url: image.url,
      alt: image.alt ?? null,
    })),
    categoryIds: loaded(product.categories)
      .map(({ categoryId }) => categoryId)
      .toSorted(),
    tagIds: loaded(product.tags)
      .map(({ tagId }) => tagId)
      .toSorted(),
  };
}

function viewTranslations({ translations }: Product): ProductTranslationView[] {
  return sortedBy(translations, ({ locale }) => locale).map((translation) => ({
    locale: translation.locale,
    title: translation.title,
    description: translation.description,
    seoTitle: translation.seoTitle ?? null,
    seoDescription: translation.seoDescription ?? null,
  }));
}
