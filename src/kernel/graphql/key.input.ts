import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import { Id } from "#kernel/ids";
import { GraphQLId } from "./scalars.ts";
import { ValidatedBy } from "./validation.ts";

/** For what needs no more than to know which, and which state of it the caller has seen. */
export const key = z.object({ id: Id, revision: z.int().positive().nullish() });
export type Key = z.output<typeof key>;

@ValidatedBy(key)
@InputType()
export class KeyInput implements z.input<typeof key> {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: "The revision you read; a stale one is a CONFLICT.",
  })
  revision?: number | null;
}
