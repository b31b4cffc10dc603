import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { type Connection, PageArgs } from "#kernel/graphql/connection";
import { JobFilter, type JobKey, JobKeyInput } from "./job.input.ts";
import { find, page } from "./job.queries.ts";
import * as jobs from "./job.service.ts";
import { JobConnection, JobView } from "./job.view.ts";

@Resolver(() => JobView)
export class JobResolver {
  @Requires("jobs:read")
  @Query(() => JobConnection, {
    description:
      "Those added last go first. Where the queues lie on Redis, only the latest of each queue and state are looked through, some ten thousand in all: a filter by state or name looks further back.",
  })
  jobs(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
    @Arg("filter", () => JobFilter, { nullable: true }) filter?: JobFilter,
  ): Promise<Connection<JobView>> {
    return page(ctx, args, filter);
  }

  @Requires("jobs:read")
  @Query(() => JobView, { nullable: true })
  job(@Arg("id", () => ID) id: string, @Ctx() ctx: RequestContext): Promise<JobView | null> {
    return find(ctx, id);
  }

  @Requires("jobs:write")
  @Mutation(() => JobView, {
    description:
      "Has a dead letter done anew, with all its attempts; one that waits for its next try has it now.",
  })
  retryJob(
    @Arg("input", () => JobKeyInput) input: JobKey,
    @Ctx() ctx: RequestContext,
  ): Promise<JobView> {
    return jobs.retry(ctx, input.id);
  }

  @Requires("jobs:write")
  @Mutation(() => JobView, {
    description:
      "Takes a job off its queue, for good; it answers what it was. Not one that is under way or done.",
  })
  discardJob(
    @Arg("input", () => JobKeyInput) input: JobKey,
    @Ctx() ctx: RequestContext,
  ): Promise<JobView> {
    return jobs.discard(ctx, input.id);
  }
}
