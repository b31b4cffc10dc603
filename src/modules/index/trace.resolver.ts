import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { GraphQLId } from "#kernel/graphql/scalars";
import { trace } from "./trace.queries.ts";
import { TraceView, viewTrace } from "./trace.view.ts";

@Resolver(() => TraceView)
export class TraceResolver {
  @Requires("index:read")
  @Query(() => TraceView, {
    nullable: true,
    description: "What became of a change. Null when there is no such event, or no more.",
  })
  async trace(
    @Arg("eventId", () => GraphQLId, {
      description: "Of an event; or of a product, node, tag and so on, for its latest change.",
    })
    eventId: string,
    @Ctx() ctx: RequestContext,
  ): Promise<TraceView | null> {
    const found = await trace(ctx, eventId);
    return found && viewTrace(found);
  }
}
