import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { User } from "#entities/accounts/user";
import { Requires } from "#kernel/access/access";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";

@ObjectType("AdminUser", { simpleResolvers: true })
export class UserView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Requires("accounts:read-email")
  @Field(() => String, { nullable: true })
  email!: string;

  @Field(() => Boolean, { description: "Whether they have shown to read what is sent there." })
  emailVerified!: boolean;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  role!: string;

  @Field(() => Boolean, { description: "False of who was invited, or signs in elsewhere alone." })
  hasPassword!: boolean;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export const UserConnection = connectionOf(() => UserView, "AdminUser");

export function viewUser(user: User): UserView {
  const { id, revision, email, name, role, createdAt, updatedAt } = user;
  return {
    id,
    revision,
    email,
    emailVerified: Boolean(user.emailVerifiedAt),
    name,
    role,
    hasPassword: Boolean(user.passwordHash),
    createdAt,
    updatedAt,
  };
}
