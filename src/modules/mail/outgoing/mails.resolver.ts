import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { find, MailFilter } from "./mails.queries.ts";
import { MailConnection, MailView } from "./mails.view.ts";

@Resolver(() => MailView)
export class MailResolver {
  @Requires("mails:read")
  @Query(() => MailConnection, { description: "Who was sent what, the newest first." })
  mails(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => MailFilter, { nullable: true }) filter?: MailFilter,
  ): Promise<Connection<MailView>> {
    return find(ctx, page, filter);
  }
}
