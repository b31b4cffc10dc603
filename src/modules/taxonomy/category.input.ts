import { Field, InputType, Int, registerEnumType } from "type-graphql";
import { z } from "zod";
import { scopes, type Scope } from "#entities/taxonomy/category";
import { Handle, label, Locale, text, distinctBy } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";

export const ScopeEnum = Object.fromEntries(scopes.map((scope) => [scope, scope])) as Record<
  Scope,
  Scope
>;
registerEnumType(ScopeEnum, {
  name: "Scope",
  description: "The shop's categories and tags, or the site's.",
});

const translations = z
  .array(z.object({ locale: Locale, name: label(255), description: text(10_000).nullish() }))
  .superRefine(distinctBy(({ locale }) => locale, "locale"));

export const createCategory = z.object({
  scope: z.enum(scopes),
  handle: Handle,
  parentId: z.string().nullish(),
  position: z.int().min(0).default(0),
  translations: translations.min(1),
});

export const updateCategory = key.extend({
  handle: Handle.optional(),
  parentId: z.string().nullish(),
  position: z.int().min(0).optional(),
  translations: translations.min(1).optional(),
});

@InputType()
export class CategoryTranslationInput {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@ValidatedBy(createCategory)
@InputType()
export class CreateCategoryInput implements z.input<typeof createCategory> {
  @Field(() => ScopeEnum)
  scope!: Scope;

  @Field(() => String)
  handle!: string;

  @Field(() => GraphQLId, { nullable: true })
  parentId?: string | null;

  @Field(() => Int, { nullable: true, description: "Among its siblings; 0 if left out." })
  position?: number;

  @Field(() => [CategoryTranslationInput])
  translations!: CategoryTranslationInput[];
}

@ValidatedBy(updateCategory)
@InputType({
  description: "What is left out stays; a list that is given replaces the one there is.",
})
export class UpdateCategoryInput extends KeyInput {
  @Field(() => String, { nullable: true })
  handle?: string;

  @Field(() => GraphQLId, { nullable: true })
  parentId?: string | null;

  @Field(() => Int, { nullable: true })
  position?: number;

  @Field(() => [CategoryTranslationInput], { nullable: true })
  translations?: CategoryTranslationInput[];
}
