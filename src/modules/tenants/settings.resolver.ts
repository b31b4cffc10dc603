import { GraphQLJSONObject } from "graphql-scalars";
import { Arg, Ctx, Field, InputType, Int, Mutation, Query, Resolver } from "type-graphql";
import { z } from "zod";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { ValidatedBy } from "#kernel/graphql/validation";
import * as settings from "./settings.service.ts";
import { ModuleSettingsView } from "./settings.view.ts";

const updateTenantSettings = z.object({
  module: z.string().max(100),
  value: z.record(z.string(), z.unknown()),
  revision: z.int().min(0).nullish(),
});

@ValidatedBy(updateTenantSettings)
@InputType()
export class UpdateTenantSettingsInput implements z.input<typeof updateTenantSettings> {
  @Field(() => String, { description: "Its slug." })
  module!: string;

  @Field(() => GraphQLJSONObject, { description: "What is left out stays." })
  value!: Record<string, unknown>;

  @Field(() => Int, {
    nullable: true,
    description: "The revision you read, 0 of what was never set; a stale one is a CONFLICT.",
  })
  revision?: number | null;
}

@Resolver(() => ModuleSettingsView)
export class TenantSettingsResolver {
  @Requires("tenant:read")
  @Query(() => ModuleSettingsView, {
    description: "What holds for a module now, its defaults where nothing is set.",
  })
  tenantSettings(
    @Arg("module", () => String) module: string,
    @Ctx() ctx: RequestContext,
  ): Promise<ModuleSettingsView> {
    return settings.get(ctx, module);
  }

  @Requires("tenant:write")
  @Mutation(() => ModuleSettingsView)
  updateTenantSettings(
    @Arg("input", () => UpdateTenantSettingsInput) input: UpdateTenantSettingsInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ModuleSettingsView> {
    return settings.update(ctx, input);
  }
}
