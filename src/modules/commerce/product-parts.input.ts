import { Field, InputType } from "type-graphql";
import { z } from "zod";
import type { Tenant } from "#kernel/context";
import { distinctBy, label, localeOf, text } from "#kernel/fields";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ImageUrl, limits } from "./fields.ts";
import { VariantInput } from "./variant.input.ts";

const translationOf = (tenant: Tenant) =>
  z.object({
    locale: localeOf(tenant),
    title: label(255),
    description: text(100_000).default(""),
    seoTitle: text(255).nullable().default(null),
    seoDescription: text(1_000).nullable().default(null),
  });
export type ProductTranslationFields = z.output<ReturnType<typeof translationOf>>;

export const productTranslationsOf = (tenant: Tenant) =>
  z
    .array(translationOf(tenant))
    .min(1)
    .max(limits.translations)
    .superRefine(distinctBy(({ locale }) => locale, "locale"));

export const productOption = z.object({ name: label(100) });

export const productOptions = <Option extends typeof productOption>(option: Option) =>
  z
    .array(option)
    .max(limits.options)
    .superRefine(distinctBy(({ name }) => name, "option"));

export const productImages = z
  .array(z.object({ url: ImageUrl, alt: text(1_000).nullable().default(null) }))
  .max(limits.images);

@InputType()
export class ProductTranslationInput {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true, description: "HTML; what could do harm is taken out." })
  description?: string;

  @Field(() => String, { nullable: true })
  seoTitle?: string | null;

  @Field(() => String, { nullable: true })
  seoDescription?: string | null;
}

@InputType()
export class ProductOptionInput {
  @Field(() => String, { description: "What the variants differ in, such as Size." })
  name!: string;
}

@InputType({ description: "An option there is already is known by its id, else by its name." })
export class ChangedProductOptionInput extends ProductOptionInput {
  @Field(() => GraphQLId, { nullable: true, description: "Give it to rename the option." })
  id?: string;
}

@InputType({
  description:
    "A variant there is already is known by its id, else by its SKU, else by its combination of options; of it, what is left out stays.",
})
export class ChangedVariantInput extends VariantInput {
  @Field(() => GraphQLId, { nullable: true })
  id?: string;
}

@InputType()
export class ProductImageInput {
  @Field(() => String, { description: "An http(s) URL, an absolute path or an SVG data URL." })
  url!: string;

  @Field(() => String, { nullable: true, description: "What it shows, for who cannot see it." })
  alt?: string | null;
}
