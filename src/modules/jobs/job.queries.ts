import { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";
import type { Connection, PageArgs } from "#kernel/graphql/connection";
import type { StringFilter } from "#kernel/graphql/filters";
import {
  type JobPosition,
  jobStates,
  jobStoreOf,
  type StoredJob,
  type WantedJobs,
} from "#kernel/jobs/store";
import type { JobFilter } from "./job.input.ts";
import type { JobView } from "./job.view.ts";

/** The jobs of the tenant, those added last first. */
export async function page(
  ctx: RequestContext,
  { first, after }: PageArgs,
  filter: JobFilter = {},
): Promise<Connection<JobView>> {
  const store = jobStoreOf(ctx);
  const { id: tenantId } = ctx.tenant;
  const last = after ? positionOf(after) : undefined;
  const wanted = wantedBy(filter, store.names);
  const found = await store.list(tenantId, wanted, {
    first: first + 1,
    ...(last && { after: last }),
  });
  const edges = found.slice(0, first).map((job) => ({ cursor: cursorOf(job), node: viewJob(job) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: last !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => store.count(tenantId, wanted),
  };
}

/** Null when the tenant has none with the id, or no more. */
export async function find(ctx: RequestContext, id: string): Promise<JobView | null> {
  const job = await jobStoreOf(ctx).find(ctx.tenant.id, id);
  return job && viewJob(job);
}

export function viewJob({ tenantId: _tenantId, ...job }: StoredJob): JobView {
  return job;
}

function wantedBy({ state, name, eventId, addedAt }: JobFilter, names: string[]): WantedJobs {
  const eventIds = [eventId?.eq ? [eventId.eq] : null, eventId?.in ?? null].filter(
    (ids) => ids !== null,
  );
  const [one, other] = eventIds;
  return {
    names: names.filter((each) => fits(each, name)),
    states: jobStates.filter((each) => fits(each, state)),
    ...(one && { eventIds: other ? one.filter((id) => other.includes(id)) : one }),
    ...(addedAt?.gte && { addedFrom: addedAt.gte }),
    ...(addedAt?.lte && { addedTo: addedAt.lte }),
  };
}

function fits(
  value: string,
  filter: Pick<StringFilter, "eq" | "in" | "contains"> | null | undefined,
) {
  const { eq, in: among, contains } = filter ?? {};
  return (
    (eq ?? value) === value &&
    (among ?? [value]).includes(value) &&
    value.includes((contains ?? "").toLowerCase())
  );
}

const cursor = z.tuple([z.int(), z.string()]);

const cursorOf = ({ addedAt, id }: JobPosition) =>
  Buffer.from(JSON.stringify([addedAt.getTime(), id])).toString("base64url");

/** Throws BAD_USER_INPUT for what is no cursor of this list. */
function positionOf(text: string): JobPosition {
  try {
    const [ms, id] = cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return { addedAt: new Date(ms), id };
  } catch {
    throw BadUserInput.at(["after"], "is not a cursor of this list");
  }
}
