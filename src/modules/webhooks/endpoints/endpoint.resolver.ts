import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import {
  type CreateWebhookEndpoint,
  CreateWebhookEndpointInput,
  type UpdateWebhookEndpoint,
  UpdateWebhookEndpointInput,
} from "./endpoint.input.ts";
import { find, findOne } from "./endpoint.queries.ts";
import * as endpoints from "./endpoint.service.ts";
import {
  viewEndpoint,
  WebhookEndpointConnection,
  WebhookEndpointView,
  WithSecretView,
} from "./endpoint.view.ts";

/** Whoever sets up an endpoint gets to read all that is published and who did what when: few may. */
@Resolver(() => WebhookEndpointView)
export class WebhookEndpointResolver {
  @Requires("webhooks:read")
  @Query(() => WebhookEndpointConnection, { description: "The oldest first." })
  webhookEndpoints(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<WebhookEndpointView>> {
    return find(ctx, page);
  }

  @Requires("webhooks:read")
  @Query(() => WebhookEndpointView, { nullable: true })
  async webhookEndpoint(
    @Arg("id", () => GraphQLId) id: string,
    @Ctx() ctx: RequestContext,
  ): Promise<WebhookEndpointView | null> {
    const found = await findOne(ctx, id);
    return found && viewEndpoint(found);
  }

  @Requires("webhooks:write")
  @Mutation(() => WithSecretView)
  async createWebhookEndpoint(
    @Arg("input", () => CreateWebhookEndpointInput) input: CreateWebhookEndpoint,
    @Ctx() ctx: RequestContext,
  ): Promise<WithSecretView> {
    return viewWithSecret(await endpoints.create(ctx, input));
  }

  @Requires("webhooks:write")
  @Mutation(() => WebhookEndpointView)
  async updateWebhookEndpoint(
    @Arg("input", () => UpdateWebhookEndpointInput) input: UpdateWebhookEndpoint,
    @Ctx() ctx: RequestContext,
  ): Promise<WebhookEndpointView> {
    return viewEndpoint(await endpoints.update(ctx, input));
  }

  @Requires("webhooks:write")
  @Mutation(() => WithSecretView, {
    description: "Another secret; for 24 hours messages are signed with the one before, too.",
  })
  async rotateWebhookSecret(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<WithSecretView> {
    return viewWithSecret(await endpoints.rotateSecret(ctx, input));
  }

  @Requires("webhooks:write")
  @Mutation(() => WebhookEndpointView, {
    description: "Sends to a disabled one again; replay what it has missed.",
  })
  async enableWebhookEndpoint(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<WebhookEndpointView> {
    return viewEndpoint(await endpoints.enable(ctx, input));
  }

  @Requires("webhooks:write")
  @Mutation(() => Boolean, { description: "True when it is gone, with the log of its deliveries." })
  async deleteWebhookEndpoint(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await endpoints.remove(ctx, input);
    return true;
  }
}

export const viewWithSecret = ({ endpoint, secret }: endpoints.WithSecret): WithSecretView => ({
  endpoint: viewEndpoint(endpoint),
  secret,
});
