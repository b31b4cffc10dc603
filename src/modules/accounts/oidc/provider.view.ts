import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { OidcProvider } from "#entities/accounts/oidc-provider";
import { GraphQLId } from "#kernel/graphql/scalars";

@ObjectType("OidcProvider", { simpleResolvers: true })
export class OidcProviderView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  issuer!: string;

  @Field(() => String)
  clientId!: string;

  @Field(() => Boolean)
  hasClientSecret!: boolean;

  @Field(() => [String])
  redirectUris!: string[];

  @Field(() => String, { nullable: true })
  role!: string | null;

  @Field(() => Boolean)
  enabled!: boolean;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export function viewProvider(provider: OidcProvider): OidcProviderView {
  const { id, revision, handle, name, issuer, clientId, redirectUris, role, enabled } = provider;
  const { createdAt, updatedAt, clientSecret } = provider;
  return {
    id,
    revision,
    handle,
    name,
    issuer,
    clientId,
    hasClientSecret: Boolean(clientSecret),
    redirectUris,
    role: role ?? null,
    enabled,
    createdAt,
    updatedAt,
  };
}
