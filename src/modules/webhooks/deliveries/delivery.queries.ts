import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType } from "type-graphql";
import { type DeliveryStatus, WebhookAttempt, WebhookDelivery } from "#entities/webhooks/delivery";
import type { RequestContext } from "#kernel/context";
import type { Connection, PageArgs } from "#kernel/graphql/connection";
import { conditions, DateFilter, IdFilter, IntFilter, StringFilter } from "#kernel/graphql/filters";
import { list } from "#modules/storefront";
import {
  DeliveryStatusEnum,
  viewAttempt,
  viewDelivery,
  type WebhookAttemptView,
  type WebhookDeliveryView,
} from "./delivery.view.ts";

@InputType({ description: "All that are given must hold." })
class WebhookLogFilter {
  @Field(() => IdFilter, { nullable: true })
  endpointId?: IdFilter | null;

  @Field(() => IdFilter, { nullable: true })
  eventId?: IdFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "Such as product.published." })
  eventType?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "Why it has not arrived." })
  problem?: StringFilter | null;
}

@InputType({ description: "All that are given must hold." })
export class WebhookDeliveryFilter extends WebhookLogFilter {
  @Field(() => DeliveryStatusEnum, { nullable: true })
  status?: DeliveryStatus | null;

  @Field(() => DateFilter, { nullable: true })
  createdAt?: DateFilter | null;
}

@InputType({ description: "All that are given must hold." })
export class WebhookAttemptFilter extends WebhookLogFilter {
  @Field(() => IdFilter, { nullable: true })
  deliveryId?: IdFilter | null;

  @Field(() => Boolean, { nullable: true })
  succeeded?: boolean | null;

  @Field(() => IntFilter, { nullable: true })
  statusCode?: IntFilter | null;

  @Field(() => IntFilter, { nullable: true })
  durationMs?: IntFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "What was answered." })
  excerpt?: StringFilter | null;

  @Field(() => DateFilter, { nullable: true })
  startedAt?: DateFilter | null;
}

const orderBy = { id: QueryOrder.DESC };

/** The newest first. */
export function findDeliveries(
  ctx: RequestContext,
  page: PageArgs,
  { status, ...filter }: WebhookDeliveryFilter = {},
): Promise<Connection<WebhookDeliveryView>> {
  const where = { ...conditions({ ...filter }), ...(status && { status }) };
  return list(ctx, WebhookDelivery, { where, orderBy, page }, viewDelivery);
}

/** The newest first. */
export function findAttempts(
  ctx: RequestContext,
  page: PageArgs,
  { succeeded, ...filter }: WebhookAttemptFilter = {},
): Promise<Connection<WebhookAttemptView>> {
  const hasEnded = typeof succeeded === "boolean" && { succeeded };
  const where = { ...conditions({ ...filter }), ...hasEnded };
  return list(ctx, WebhookAttempt, { where, orderBy, page }, viewAttempt);
}
