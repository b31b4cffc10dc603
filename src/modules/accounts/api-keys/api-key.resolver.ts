import { QueryOrder } from "@mikro-orm/postgresql";
import { Arg, Args, Ctx, Field, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { ApiKey } from "#entities/accounts/api-key";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import {
  type Connection,
  connectionOf,
  PageArgs,
  paged,
  toConnection,
} from "#kernel/graphql/connection";
import { type CreateApiKey, CreateApiKeyInput, RevokeApiKeyInput } from "./api-key.input.ts";
import * as apiKeys from "./api-key.service.ts";
import { ApiKeyView, viewApiKey } from "./api-key.view.ts";

const ApiKeyConnection = connectionOf(() => ApiKeyView, "ApiKey");

@ObjectType({ simpleResolvers: true })
class CreatedApiKey {
  @Field(() => String, { description: "Shown this once; sent as `Authorization: Bearer <key>`." })
  key!: string;

  @Field(() => ApiKeyView)
  apiKey!: ApiKeyView;
}

@Resolver(() => ApiKeyView)
export class ApiKeyResolver {
  @Requires("accounts:api-keys")
  @Query(() => ApiKeyConnection, { description: "Revoked ones too, newest first." })
  apiKeys(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<ApiKeyView>> {
    return inTransaction(ctx, async ({ em }) => {
      const found = await em.findByCursor(ApiKey, paged(page, { id: QueryOrder.DESC }));
      return toConnection(found, viewApiKey);
    });
  }

  @Requires("accounts:api-keys")
  @Mutation(() => CreatedApiKey)
  async createApiKey(
    @Arg("input", () => CreateApiKeyInput) input: CreateApiKey,
    @Ctx() ctx: RequestContext,
  ): Promise<CreatedApiKey> {
    const { key, apiKey } = await apiKeys.create(ctx, input);
    return { key, apiKey: viewApiKey(apiKey) };
  }

  @Requires("accounts:api-keys")
  @Mutation(() => ApiKeyView)
  async revokeApiKey(
    @Arg("input", () => RevokeApiKeyInput) { id }: RevokeApiKeyInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ApiKeyView> {
    return viewApiKey(await apiKeys.revoke(ctx, id));
  }
}
