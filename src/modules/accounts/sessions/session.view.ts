import { Field, GraphQLISODateTime, ObjectType } from "type-graphql";
import type { Session } from "#entities/accounts/session";
import { GraphQLId } from "#kernel/graphql/scalars";

@ObjectType("Session", { simpleResolvers: true })
export class SessionView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Boolean, { description: "Whether it is the one that asks." })
  current!: boolean;

  @Field(() => String, { description: "How it began: password or oidc." })
  method!: string;

  @Field(() => String, { nullable: true, description: "The IP address it began at." })
  address!: string | null;

  @Field(() => String, { nullable: true })
  userAgent!: string | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  refreshedAt!: Date;

  @Field(() => GraphQLISODateTime, { description: "Unless it is refreshed." })
  expiresAt!: Date;
}

export function viewSession(session: Session, currentId: string): SessionView {
  const { id, method, address, userAgent, createdAt, refreshedAt, expiresAt } = session;
  return {
    id,
    current: id === currentId,
    method,
    address: address ?? null,
    userAgent: userAgent ?? null,
    createdAt,
    refreshedAt,
    expiresAt,
  };
}
