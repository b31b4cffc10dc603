import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import {
  type CreateOidcProvider,
  CreateOidcProviderInput,
  type UpdateOidcProvider,
  UpdateOidcProviderInput,
} from "./provider.input.ts";
import * as providers from "./provider.service.ts";
import { OidcProviderView, viewProvider } from "./provider.view.ts";

/** Whoever sets up a provider decides who is believed to be whom: it comes to all permissions of the tenant. */
@Resolver(() => OidcProviderView)
export class OidcProviderResolver {
  @Requires("accounts:providers")
  @Query(() => [OidcProviderView])
  async oidcProviders(@Ctx() ctx: RequestContext): Promise<OidcProviderView[]> {
    return (await providers.all(ctx)).map(viewProvider);
  }

  @Requires("accounts:providers")
  @Mutation(() => OidcProviderView)
  async createOidcProvider(
    @Arg("input", () => CreateOidcProviderInput) input: CreateOidcProvider,
    @Ctx() ctx: RequestContext,
  ): Promise<OidcProviderView> {
    return viewProvider(await providers.create(ctx, input));
  }

  @Requires("accounts:providers")
  @Mutation(() => OidcProviderView)
  async updateOidcProvider(
    @Arg("input", () => UpdateOidcProviderInput) input: UpdateOidcProvider,
    @Ctx() ctx: RequestContext,
  ): Promise<OidcProviderView> {
    return viewProvider(await providers.update(ctx, input));
  }

  @Requires("accounts:providers")
  @Mutation(() => Boolean, {
    description: "True when it is gone; accounts that it vouched for stay.",
  })
  async deleteOidcProvider(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await providers.remove(ctx, input);
    return true;
  }
}
