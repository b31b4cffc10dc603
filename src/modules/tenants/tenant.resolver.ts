import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import * as domains from "./domain.service.ts";
import type { UpdateTenant } from "./tenant.fields.ts";
import { DomainInput, UpdateTenantInput } from "./tenant.input.ts";
import { read } from "./tenant.record.ts";
import * as tenants from "./tenant.service.ts";
import { TenantView, viewTenant } from "./tenant.view.ts";

/** A tenant's own administration of itself. */
@Resolver(() => TenantView)
export class TenantResolver {
  @Requires("tenant:read")
  @Query(() => TenantView, { description: "The one that is asked." })
  async tenant(@Ctx() ctx: RequestContext): Promise<TenantView> {
    return viewTenant(await read(ctx));
  }

  @Requires("tenant:write")
  @Mutation(() => TenantView)
  async updateTenant(
    @Arg("input", () => UpdateTenantInput) input: UpdateTenant,
    @Ctx() ctx: RequestContext,
  ): Promise<TenantView> {
    return viewTenant(await tenants.update(ctx, input));
  }

  @Requires("tenant:write")
  @Mutation(() => TenantView)
  async addDomain(
    @Arg("input", () => DomainInput) { host }: DomainInput,
    @Ctx() ctx: RequestContext,
  ): Promise<TenantView> {
    return viewTenant(await domains.add(ctx, host));
  }

  @Requires("tenant:write")
  @Mutation(() => TenantView)
  async removeDomain(
    @Arg("input", () => DomainInput) { host }: DomainInput,
    @Ctx() ctx: RequestContext,
  ): Promise<TenantView> {
    return viewTenant(await domains.remove(ctx, host));
  }
}
