import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import { Requires } from "#kernel/access/access";
import type { Tenant } from "#kernel/context";
import { distinctBy, label, localeOf, perTenant } from "#kernel/fields";
import { key } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";
import { CostInput, costOf } from "./cost.input.ts";
import { limits, ReadRevision } from "./fields.ts";
import { inventory, InventoryLevelInput } from "./inventory.input.ts";
import { PriceInput, pricesOf } from "./price.input.ts";

const choice = z.object({ name: label(100), value: label(255) });

/** Of a variant there is, what is left out stays; a new one goes without. */
export const variantOf = (tenant: Tenant) =>
  z.object({
    sku: label(255).nullish(),
    barcode: label(255).nullish(),
    weightGrams: z.int32().min(0).nullish(),
    options: z.array(choice).max(limits.options).optional(),
    translations: z
      .array(z.object({ locale: localeOf(tenant), title: label(255) }))
      .max(limits.translations)
      .superRefine(distinctBy(({ locale }) => locale, "locale"))
      .optional(),
    prices: pricesOf(tenant).optional(),
    cost: costOf(tenant).optional(),
    inventory: inventory.optional(),
  });
export type VariantFields = z.output<ReturnType<typeof variantOf>>;

export const createVariant = perTenant((tenant) =>
  variantOf(tenant).extend({ productId: Id, revision: ReadRevision }),
);
export type CreateVariant = z.output<ReturnType<typeof createVariant>>;

export const updateVariant = perTenant((tenant) => key.extend(variantOf(tenant).shape));
export type UpdateVariant = z.output<ReturnType<typeof updateVariant>>;

@InputType({ description: "The value a variant has for an option of its product." })
export class VariantOptionInput {
  @Field(() => String, { description: "The option, such as Size." })
  name!: string;

  @Field(() => String, { description: "The value, such as M." })
  value!: string;
}

@InputType()
export class VariantTranslationInput {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  title!: string;
}

@InputType({ description: "Has a value for each option of the product." })
export class VariantInput {
  @Field(() => String, { nullable: true })
  sku?: string | null;

  @Field(() => String, { nullable: true })
  barcode?: string | null;

  @Field(() => Int, { nullable: true })
  weightGrams?: number | null;

  @Field(() => [VariantOptionInput], { nullable: true })
  options?: VariantOptionInput[];

  @Field(() => [VariantTranslationInput], { nullable: true })
  translations?: VariantTranslationInput[];

  @Field(() => [PriceInput], { nullable: true })
  prices?: PriceInput[];

  @Requires("inventory:cost")
  @Field(() => CostInput, {
    nullable: true,
    description: "What one costs the shop; null when that is not known any more.",
  })
  cost?: CostInput | null;

  @Field(() => [InventoryLevelInput], { nullable: true })
  inventory?: InventoryLevelInput[];
}

const revisionRead = {
  nullable: true,
  description: "The product's revision you read; a stale one is a CONFLICT.",
};

@ValidatedBy(createVariant)
@InputType()
export class CreateVariantInput extends VariantInput {
  @Field(() => GraphQLId)
  productId!: string;

  @Field(() => Int, revisionRead)
  revision?: number | null;
}

@ValidatedBy(updateVariant)
@InputType({
  description: "What is left out stays; a list that is given replaces the one there is.",
})
export class UpdateVariantInput extends VariantInput {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int, revisionRead)
  revision?: number | null;
}
