import { QueryOrder } from "@mikro-orm/postgresql";
import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Role } from "#entities/access/role";
import { Requires } from "#kernel/access/access";
import { declaredPermissions, isOfPlatform } from "#kernel/access/permissions";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { type Key, KeyInput } from "#kernel/graphql/key.input";
import {
  type CreateRole,
  CreateRoleInput,
  type UpdateRole,
  UpdateRoleInput,
} from "./role.input.ts";
import * as service from "./role.service.ts";
import { PermissionView, RoleView, viewBuiltInRoles, viewRole } from "./role.view.ts";

@Resolver(() => RoleView)
export class RoleResolver {
  @Requires("roles:read")
  @Query(() => [RoleView], { description: "The built-in ones, then the tenant's own by slug." })
  async roles(@Ctx() ctx: RequestContext): Promise<RoleView[]> {
    const own = await inTransaction(ctx, ({ em }) =>
      em.findAll(Role, { orderBy: { slug: QueryOrder.ASC } }),
    );
    return [...viewBuiltInRoles(declaredPermissions(ctx.db)), ...own.map(viewRole)];
  }

  @Requires("roles:read")
  @Query(() => [PermissionView], { description: "What a role may be made of, by name." })
  permissions(@Ctx() { db }: RequestContext): PermissionView[] {
    return declaredPermissions(db)
      .filter(({ name }) => !isOfPlatform(name))
      .map(({ name, description }) => ({ name, description }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  @Requires("roles:write")
  @Mutation(() => RoleView)
  async createRole(
    @Arg("input", () => CreateRoleInput) input: CreateRole,
    @Ctx() ctx: RequestContext,
  ): Promise<RoleView> {
    return viewRole(await service.create(ctx, input));
  }

  @Requires("roles:write")
  @Mutation(() => RoleView)
  async updateRole(
    @Arg("input", () => UpdateRoleInput) input: UpdateRole,
    @Ctx() ctx: RequestContext,
  ): Promise<RoleView> {
    return viewRole(await service.update(ctx, input));
  }

  @Requires("roles:write")
  @Mutation(() => Boolean, {
    description: "True when it is gone; a CONFLICT while somebody has it.",
  })
  async deleteRole(
    @Arg("input", () => KeyInput) input: Key,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await service.remove(ctx, input);
    return true;
  }
}
