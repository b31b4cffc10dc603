import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { page } from "./list.ts";
import { platform, targetOf } from "./target.ts";
import type { CreateTenant } from "./tenant.fields.ts";
import {
  CreateTenantInput,
  DeleteTenantInput,
  RenameTenantInput,
  SuspendTenantInput,
  TenantKeyInput,
} from "./tenant.input.ts";
import { read } from "./tenant.record.ts";
import * as tenants from "./tenant.service.ts";
import { TenantConnection, TenantView, viewTenant } from "./tenant.view.ts";

/** What those do who run the installation: with every tenant there is. */
@Resolver(() => TenantView)
export class PlatformResolver {
  @Requires(platform)
  @Query(() => TenantConnection, { description: "All there are, oldest first." })
  tenants(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<TenantView>> {
    return page(ctx, args);
  }

  @Requires(platform)
  @Mutation(() => TenantView)
  async createTenant(
    @Arg("input", () => CreateTenantInput) input: CreateTenant,
    @Ctx() ctx: RequestContext,
  ): Promise<TenantView> {
    const tenant = await tenants.create(ctx, input);
    return viewTenant(await read({ ...ctx, tenant }));
  }

  @Requires(platform)
  @Mutation(() => TenantView, { description: "Gives it another slug." })
  async renameTenant(
    @Arg("input", () => RenameTenantInput) { id, ...input }: RenameTenantInput,
    @Ctx() ctx: RequestContext,
  ): Promise<TenantView> {
    return viewTenant(await tenants.rename(await targetOf(ctx, id), input));
  }

  @Requires(platform)
  @Mutation(() => TenantView, {
    description: "Serves nobody for it any more, until it is resumed; on every instance at once.",
  })
  async suspendTenant(
    @Arg("input", () => SuspendTenantInput) { id, reason }: SuspendTenantInput,
    @Ctx() ctx: RequestContext,
  ): Promise<TenantView> {
    return viewTenant(await tenants.suspend(await targetOf(ctx, id), reason));
  }

  @Requires(platform)
  @Mutation(() => TenantView)
  async resumeTenant(
    @Arg("input", () => TenantKeyInput) { id }: TenantKeyInput,
    @Ctx() ctx: RequestContext,
  ): Promise<TenantView> {
    return viewTenant(await tenants.resume(await targetOf(ctx, id)));
  }

  @Requires(platform)
  @Mutation(() => TenantView, {
    description:
      "Deletes all of it, in the background, for good: of a suspended tenant that was exported since.",
  })
  async deleteTenant(
    @Arg("input", () => DeleteTenantInput) { id, ...given }: DeleteTenantInput,
    @Ctx() ctx: RequestContext,
  ): Promise<TenantView> {
    return viewTenant(await tenants.requestDeletion(await targetOf(ctx, id), given));
  }
}
