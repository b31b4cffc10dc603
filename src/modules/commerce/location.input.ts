import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { Handle, label } from "#kernel/fields";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";

export const createStockLocation = z.object({ handle: Handle, name: label(255) });
export type CreateStockLocation = z.output<typeof createStockLocation>;

export const updateStockLocation = z.object({ id: Id, ...createStockLocation.partial().shape });
export type UpdateStockLocation = z.output<typeof updateStockLocation>;

/** It has no revision: a change of it changes nothing that a storefront shows. */
export const deleteStockLocation = z.object({ id: Id });
export type DeleteStockLocation = z.output<typeof deleteStockLocation>;

@ValidatedBy(createStockLocation)
@InputType()
export class CreateStockLocationInput implements z.input<typeof createStockLocation> {
  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;
}

@ValidatedBy(updateStockLocation)
@InputType({ description: "What is left out stays." })
export class UpdateStockLocationInput {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String, { nullable: true })
  handle?: string;

  @Field(() => String, { nullable: true })
  name?: string;
}

@ValidatedBy(deleteStockLocation)
@InputType()
export class DeleteStockLocationInput implements z.input<typeof deleteStockLocation> {
  @Field(() => GraphQLId)
  id!: string;
}
