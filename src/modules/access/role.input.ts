import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { builtInRoles } from "#kernel/access/permissions";
import { distinctBy, label } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { ValidatedBy } from "#kernel/graphql/validation";

const reserved: readonly string[] = ["super-administrator", ...builtInRoles];

const Slug = z
  .string()
  .max(63)
  .regex(/^[a-z0-9](-?[a-z0-9])*$/, "must be lower-case letters, digits and hyphens")
  .refine((slug) => !reserved.includes(slug), "is the slug of a built-in role");
const permissions = z
  .array(z.string().max(100))
  .max(500)
  .superRefine(distinctBy((name) => name, "permission"));

export const createRole = z.object({ slug: Slug, name: label(255), permissions });
export type CreateRole = z.output<typeof createRole>;

export const updateRole = key.extend({
  name: label(255).optional(),
  permissions: permissions.optional(),
});
export type UpdateRole = z.output<typeof updateRole>;

@ValidatedBy(createRole)
@InputType()
export class CreateRoleInput implements z.input<typeof createRole> {
  @Field(() => String, { description: "What users are given it by; it stays as it is." })
  slug!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String], { description: "None but those you hold." })
  permissions!: string[];
}

@ValidatedBy(updateRole)
@InputType({
  description: "What is left out stays; a list that is given replaces the one there is.",
})
export class UpdateRoleInput extends KeyInput {
  @Field(() => String, { nullable: true })
  name?: string;

  @Field(() => [String], { nullable: true, description: "None but those you hold." })
  permissions?: string[];
}
