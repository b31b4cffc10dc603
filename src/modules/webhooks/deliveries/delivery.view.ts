import { GraphQLJSONObject } from "graphql-scalars";
import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from "type-graphql";
import type { DeliveryStatus, WebhookAttempt, WebhookDelivery } from "#entities/webhooks/delivery";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";

export const DeliveryStatusEnum = {
  PENDING: "pending",
  DELIVERED: "delivered",
  FAILED: "failed",
} as const;
registerEnumType(DeliveryStatusEnum, { name: "WebhookDeliveryStatus" });

@ObjectType("WebhookDelivery", {
  simpleResolvers: true,
  description: "One event on its way to one endpoint.",
})
export class WebhookDeliveryView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => GraphQLId)
  endpointId!: string;

  @Field(() => GraphQLId, { description: "The message's `webhook-id`, each time it is sent." })
  eventId!: string;

  @Field(() => String)
  eventType!: string;

  @Field(() => GraphQLJSONObject, { description: "The event's ids." })
  payload!: Record<string, unknown>;

  @Field(() => GraphQLISODateTime, { description: "When it happened." })
  occurredAt!: Date;

  @Field(() => DeliveryStatusEnum)
  status!: DeliveryStatus;

  @Field(() => Int, { description: "Since it was last asked for." })
  attempts!: number;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "Of a pending one: the next, at the latest.",
  })
  nextAttemptAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why it has not arrived." })
  problem!: string | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  finishedAt!: Date | null;
}

export const WebhookDeliveryConnection = connectionOf(() => WebhookDeliveryView, "WebhookDelivery");

@ObjectType("WebhookAttempt", {
  simpleResolvers: true,
  description: "One request, and how it ended.",
})
export class WebhookAttemptView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => GraphQLId)
  deliveryId!: string;

  @Field(() => GraphQLId)
  endpointId!: string;

  @Field(() => GraphQLId)
  eventId!: string;

  @Field(() => String)
  eventType!: string;

  @Field(() => Int, { description: "From 1." })
  attempt!: number;

  @Field(() => GraphQLISODateTime)
  startedAt!: Date;

  @Field(() => Int)
  durationMs!: number;

  @Field(() => Boolean)
  succeeded!: boolean;

  @Field(() => Int, { nullable: true, description: "Null when there was no answer." })
  statusCode!: number | null;

  @Field(() => String, { nullable: true })
  problem!: string | null;

  @Field(() => String, { nullable: true, description: "The beginning of what was answered." })
  excerpt!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "When the next is due." })
  nextAttemptAt!: Date | null;
}

export const WebhookAttemptConnection = connectionOf(() => WebhookAttemptView, "WebhookAttempt");

export function viewDelivery(delivery: WebhookDelivery): WebhookDeliveryView {
  const { id, endpointId, eventId, eventType, payload, occurredAt, status, attempts } = delivery;
  const { createdAt, nextAttemptAt, problem, finishedAt } = delivery;
  return {
    id,
    endpointId,
    eventId,
    eventType,
    payload,
    occurredAt,
    status,
    attempts,
    createdAt,
    nextAttemptAt: nextAttemptAt ?? null,
    problem: problem ?? null,
    finishedAt: finishedAt ?? null,
  };
}

export function viewAttempt(made: WebhookAttempt): WebhookAttemptView {
  const { id, deliveryId, endpointId, eventId, eventType, attempt, startedAt } = made;
  const { durationMs, succeeded, statusCode, problem, excerpt, nextAttemptAt } = made;
  return {
    id,
    deliveryId,
    endpointId,
    eventId,
    eventType,
    attempt,
    startedAt,
    durationMs,
    succeeded,
    statusCode: statusCode ?? null,
    problem: problem ?? null,
    excerpt: excerpt ?? null,
    nextAttemptAt: nextAttemptAt ?? null,
  };
}
