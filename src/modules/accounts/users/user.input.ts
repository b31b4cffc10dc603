import { Field, InputType, registerEnumType } from "type-graphql";
import { z } from "zod";
import { type Role, roles } from "#entities/accounts/user";
import { label, verbatim } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { ValidatedBy } from "#kernel/graphql/validation";
import { NewPassword } from "../passwords/rule.ts";

export const RoleEnum = Object.fromEntries(roles.map((role) => [role.toUpperCase(), role]));
registerEnumType(RoleEnum, { name: "Role" });

/** As it is written; two that differ in case alone are one person's. */
export const Email = verbatim(254).pipe(z.email("must be an e-mail address"));

export const createUser = z.object({
  email: Email,
  name: label(255),
  role: z.enum(roles),
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

  @Field(() => RoleEnum)
  role!: Role;

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

  @Field(() => RoleEnum, { nullable: true })
  role?: Role;
}
