import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import { distinctBy } from "#kernel/fields";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";
import { limits, ReadRevision } from "./fields.ts";

const level = { locationId: Id, quantity: z.int32() };

export const inventory = z
  .array(z.object(level))
  .max(limits.inventory)
  .superRefine(distinctBy(({ locationId }) => locationId, "location"));

export const setInventory = z.object({ variantId: Id, revision: ReadRevision, ...level });
export type SetInventory = z.output<typeof setInventory>;

export const adjustInventory = z.object({
  variantId: Id,
  locationId: Id,
  delta: z.int32().refine((delta) => delta !== 0, "must not be zero"),
});
export type AdjustInventory = z.output<typeof adjustInventory>;

@InputType()
export class InventoryLevelInput {
  @Field(() => GraphQLId)
  locationId!: string;

  @Field(() => Int, { description: "On hand; below zero means oversold." })
  quantity!: number;
}

@ValidatedBy(setInventory)
@InputType({ description: "What was counted." })
export class SetInventoryInput extends InventoryLevelInput {
  @Field(() => GraphQLId)
  variantId!: string;

  @Field(() => Int, {
    nullable: true,
    description: "The product's revision you read; a stale one is a CONFLICT.",
  })
  revision?: number | null;
}

@ValidatedBy(adjustInventory)
@InputType({
  description: "What came in or went out. Adjustments made at the same time all count.",
})
export class AdjustInventoryInput {
  @Field(() => GraphQLId)
  variantId!: string;

  @Field(() => GraphQLId)
  locationId!: string;

  @Field(() => Int, { description: "Added to what is on hand." })
  delta!: number;
}
