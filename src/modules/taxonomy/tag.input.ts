import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { scopes, type Scope } from "#entities/taxonomy/category";
import { Handle, label } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { ValidatedBy } from "#kernel/graphql/validation";
import { ScopeEnum } from "./category.input.ts";

export const createTag = z.object({ scope: z.enum(scopes), handle: Handle, name: label(255) });

export const updateTag = key.extend({
  handle: Handle.optional(),
  name: label(255).optional(),
});

@ValidatedBy(createTag)
@InputType()
export class CreateTagInput implements z.input<typeof createTag> {
  @Field(() => ScopeEnum)
  scope!: Scope;

  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;
}

@ValidatedBy(updateTag)
@InputType({ description: "What is left out stays." })
export class UpdateTagInput extends KeyInput {
  @Field(() => String, { nullable: true })
  handle?: string;

  @Field(() => String, { nullable: true })
  name?: string;
}
