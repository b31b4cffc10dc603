import { Field, InputType } from "type-graphql";
import type { z } from "zod";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";

export const movePage = key.extend({ parentId: Id.nullish(), beforeId: Id.nullish() });
export type MovePage = z.output<typeof movePage>;

@ValidatedBy(movePage)
@InputType()
export class MovePageInput extends KeyInput implements z.input<typeof movePage> {
  @Field(() => GraphQLId, {
    nullable: true,
    description:
      "The page it is to be below; null makes it a root. Left out, it stays where it is.",
  })
  parentId?: string | null;

  @Field(() => GraphQLId, {
    nullable: true,
    description: "The sibling it is to stand before; it comes last without.",
  })
  beforeId?: string | null;
}

@InputType()
export class PageRedirectKeyInput {
  @Field(() => GraphQLId)
  id!: string;
}
