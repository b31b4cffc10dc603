import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type UpdateAccountSettings, UpdateAccountSettingsInput } from "./settings.input.ts";
import * as settings from "./settings.service.ts";

@ObjectType("AccountSettings", { simpleResolvers: true })
export class AccountSettingsView {
  @Field(() => Boolean, { description: "Whether anybody may make themselves an account." })
  registration!: boolean;

  @Field(() => String, { nullable: true, description: "The page that links in mails lead to." })
  link!: string | null;

  @Field(() => String, { nullable: true, description: "The name that mails are from." })
  sender!: string | null;

  @Field(() => Int, { description: "0 as long as nothing was set." })
  revision!: number;
}

@Resolver(() => AccountSettingsView)
export class AccountSettingsResolver {
  @Requires("accounts:read")
  @Query(() => AccountSettingsView)
  async accountSettings(@Ctx() ctx: RequestContext): Promise<AccountSettingsView> {
    return view(await settings.get(ctx));
  }

  @Requires("accounts:write")
  @Mutation(() => AccountSettingsView)
  async updateAccountSettings(
    @Arg("input", () => UpdateAccountSettingsInput) input: UpdateAccountSettings,
    @Ctx() ctx: RequestContext,
  ): Promise<AccountSettingsView> {
    return view(await settings.update(ctx, input));
  }
}

const view = ({
  registration,
  link,
  sender,
  revision,
}: settings.Settings): AccountSettingsView => ({
  registration,
  link: link ?? null,
  sender: sender ?? null,
  revision,
});
