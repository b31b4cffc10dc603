import { Field, GraphQLISODateTime, ObjectType } from "type-graphql";
import type { ApiKey } from "#entities/accounts/api-key";
import { GraphQLId } from "#kernel/graphql/scalars";

@ObjectType("ApiKey", { simpleResolvers: true })
export class ApiKeyView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: "What the key begins with." })
  prefix!: string;

  @Field(() => [String])
  scopes!: string[];

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  expiresAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "To the minute." })
  lastUsedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  revokedAt!: Date | null;
}

export function viewApiKey(apiKey: ApiKey): ApiKeyView {
  const { id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt, revokedAt } = apiKey;
  return {
    id,
    name,
    prefix,
    scopes,
    createdAt,
    expiresAt: expiresAt ?? null,
    lastUsedAt: lastUsedAt ?? null,
    revokedAt: revokedAt ?? null,
  };
}
