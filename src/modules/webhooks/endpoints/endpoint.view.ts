import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from "type-graphql";
import type { WebhookEndpoint } from "#entities/webhooks/endpoint";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";

export const EndpointStatusEnum = {
  ACTIVE: "active",
  PAUSED: "paused",
  DISABLED: "disabled",
} as const;
export type EndpointStatus = (typeof EndpointStatusEnum)[keyof typeof EndpointStatusEnum];
registerEnumType(EndpointStatusEnum, { name: "WebhookEndpointStatus" });

@ObjectType("WebhookEndpoint", { simpleResolvers: true })
export class WebhookEndpointView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => String)
  url!: string;

  @Field(() => String)
  description!: string;

  @Field(() => [String])
  patterns!: string[];

  @Field(() => String)
  apiVersion!: string;

  @Field(() => [String], { description: "Of the headers sent with each message." })
  headerNames!: string[];

  @Field(() => EndpointStatusEnum)
  status!: EndpointStatus;

  @Field(() => String, {
    nullable: true,
    description: "gone: it answered 410; failing: nothing has succeeded for five days.",
  })
  disabledReason!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  disabledAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "The first failure since the last success.",
  })
  failingSince!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "Until when messages are signed with the secret before, too.",
  })
  previousSecretUntil!: Date | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export const WebhookEndpointConnection = connectionOf(() => WebhookEndpointView, "WebhookEndpoint");

@ObjectType("WebhookEndpointWithSecret", { simpleResolvers: true })
export class WithSecretView {
  @Field(() => WebhookEndpointView)
  endpoint!: WebhookEndpointView;

  @Field(() => String, { description: "Shown this once; messages are signed with it." })
  secret!: string;
}

export function viewEndpoint(endpoint: WebhookEndpoint): WebhookEndpointView {
  const { id, revision, url, description, patterns, apiVersion, headerNames } = endpoint;
  const { previousSecretUntil, createdAt, updatedAt } = endpoint;
  return {
    id,
    revision,
    url,
    description,
    patterns,
    apiVersion,
    headerNames,
    status: endpoint.disabledAt ? "disabled" : endpoint.paused ? "paused" : "active",
    disabledReason: endpoint.disabledReason ?? null,
    disabledAt: endpoint.disabledAt ?? null,
    failingSince: endpoint.failingSince ?? null,
    previousSecretUntil:
      previousSecretUntil && previousSecretUntil > new Date() ? previousSecretUntil : null,
    createdAt,
    updatedAt,
  };
}
