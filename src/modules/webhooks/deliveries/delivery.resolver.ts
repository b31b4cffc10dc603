import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { viewEndpoint, WebhookEndpointView } from "../endpoints/endpoint.view.ts";
import {
  findAttempts,
  findDeliveries,
  WebhookAttemptFilter,
  WebhookDeliveryFilter,
} from "./delivery.queries.ts";
import {
  viewAttempt,
  viewDelivery,
  WebhookAttemptConnection,
  WebhookAttemptView,
  WebhookDeliveryConnection,
  WebhookDeliveryView,
} from "./delivery.view.ts";
import {
  ReplayWebhookDeliveryInput,
  type ReplayWebhooks,
  ReplayWebhooksInput,
} from "./replay.input.ts";
import { replayDelivery, requestReplay } from "./replay.service.ts";
import { SendTestWebhookInput } from "./test.input.ts";
import { sendTest } from "./test.service.ts";

@Resolver(() => WebhookDeliveryView)
export class WebhookDeliveryResolver {
  @Requires("webhooks:read")
  @Query(() => WebhookDeliveryConnection, { description: "The newest first." })
  webhookDeliveries(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => WebhookDeliveryFilter, { nullable: true }) filter?: WebhookDeliveryFilter,
  ): Promise<Connection<WebhookDeliveryView>> {
    return findDeliveries(ctx, page, filter);
  }

  @Requires("webhooks:read")
  @Query(() => WebhookAttemptConnection, { description: "The newest first." })
  webhookAttempts(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => WebhookAttemptFilter, { nullable: true }) filter?: WebhookAttemptFilter,
  ): Promise<Connection<WebhookAttemptView>> {
    return findAttempts(ctx, page, filter);
  }

  @Requires("webhooks:write")
  @Mutation(() => WebhookDeliveryView, {
    description: "Sends it again, under the same id; CONFLICT while it is under way.",
  })
  async replayWebhookDelivery(
    @Arg("input", () => ReplayWebhookDeliveryInput) { id }: ReplayWebhookDeliveryInput,
    @Ctx() ctx: RequestContext,
  ): Promise<WebhookDeliveryView> {
    return viewDelivery(await replayDelivery(ctx, id));
  }

  @Requires("webhooks:write")
  @Mutation(() => WebhookEndpointView, {
    description: "Sends in the background what there was: to one endpoint, what it wants of it.",
  })
  async replayWebhooks(
    @Arg("input", () => ReplayWebhooksInput) input: ReplayWebhooks,
    @Ctx() ctx: RequestContext,
  ): Promise<WebhookEndpointView> {
    return viewEndpoint(await requestReplay(ctx, input));
  }

  @Requires("webhooks:write")
  @Mutation(() => WebhookAttemptView, {
    description: "Sends `webhook.test` now and once; answers how that went.",
  })
  async sendTestWebhook(
    @Arg("input", () => SendTestWebhookInput) { endpointId }: SendTestWebhookInput,
    @Ctx() ctx: RequestContext,
  ): Promise<WebhookAttemptView> {
    return viewAttempt(await sendTest(ctx, endpointId));
  }
}
