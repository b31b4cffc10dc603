import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";

/** For what needs no more than to know which, and which state of it the caller has seen. */
export const contentKey = z.object({ id: Id, revision: z.int().positive().nullish() });
export type ContentKey = z.output<typeof contentKey>;

@ValidatedBy(contentKey)
@InputType()
export class ContentKeyInput implements z.input<typeof contentKey> {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: "The revision you read; a stale one is a CONFLICT.",
  })
  revision?: number | null;
}
