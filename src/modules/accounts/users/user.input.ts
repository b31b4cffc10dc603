import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { label, verbatim } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { ValidatedBy } from "#kernel/graphql/validation";
import { NewPassword } from "../passwords/rule.ts";

/** As it is written; two that differ in case alone are one person's. */
export const Email = verbatim(254).pipe(z.email("must be an e-mail address"));

/** The slug of a built-in role, or of one of the tenant's own. */
export const RoleSlug = label(63);

export const createUser = z.object({
  email: Email,
  name: label(255),
  role: RoleSlug,
  password: NewPassword.nullish(),
});
export type CreateUser = z.output<typeof createUser>;

export const updateUser = createUser
  .omit({ email: true, password: true })
  .partial()
  .extend(key.shape);
export type UpdateUser = z.output<typeof updateUser>;

@ValidatedBy(createUser)
@InputType()
export class CreateUserInput implements z.input<typeof createUser> {
  @Field(() => String)
  email!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: "The slug of a role, such as `editor`." })
  role!: string;

  @Field(() => String, {
    nullable: true,
    description: "At least 12 characters. Left out: they are sent an invitation to choose one.",
  })
  password?: string | null;
}

@ValidatedBy(updateUser)
@InputType({ description: "What is left out stays. People change their address themselves." })
export class UpdateUserInput extends KeyInput implements z.input<typeof updateUser> {
  @Field(() => String, { nullable: true })
  name?: string;

  @Field(() => String, { nullable: true })
  role?: string;
}
