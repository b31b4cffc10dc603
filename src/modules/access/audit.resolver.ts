import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { AuditLogFilter, find } from "./audit.queries.ts";
import { AuditEntryView, AuditLogConnection } from "./audit.view.ts";

@Resolver(() => AuditEntryView)
export class AuditResolver {
  @Requires("audit:read")
  @Query(() => AuditLogConnection, { description: "The newest first." })
  auditLog(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => AuditLogFilter, { nullable: true }) filter?: AuditLogFilter,
  ): Promise<Connection<AuditEntryView>> {
    return find(ctx, page, filter);
  }
}
