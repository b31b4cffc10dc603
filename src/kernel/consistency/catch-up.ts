import { type Changes, type RequestContext, systemContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { jobsFor } from "#kernel/events/dispatch";
import type { Listener } from "#kernel/events/listeners";
import { eventsOfRequest } from "#kernel/events/outbox";
import type { JobRequest } from "#kernel/jobs/job";
import { recordStep } from "#kernel/jobs/steps";

/** How long the workers are given. */
const waitMs = 1_000;
/** How long they and the search engine are given together. */
const searchWaitMs = 2_000;
/** How soon to look whether they are done, and how seldom at last. */
const lookMs = { first: 10, longest: 80 };
/** How long a read is held up by doing their work in place: a shared name may be in a hundred thousand documents. */
const inPlaceMs = 5_000;

/** Requests whose work is being done in place, so that a page's many queries do it once. */
const underWay = new Map<string, Promise<void>>();

/**
 * Resolves when the tenant's read model has what a request changed: the workers are given a second, and
 * what they have not done by then is done here and now, whatever state relay and workers are in.
 * Null when that took too long or failed; it goes on, but nothing can be promised.
 */
export async function catchUp(
  ctx: RequestContext,
  requestId: string,
  listeners: Listener[],
): Promise<Changes | null> {
  const waitUntil = performance.now() + searchWaitMs;
  const events = await inTransaction(ctx, (tx) => eventsOfRequest(tx, requestId));
  const projections = listeners.filter(({ job }) => job.projection);
  const wanted = jobsFor(events, projections);
  const left = await patiently(ctx, wanted);
  if (left.length > 0 && !(await inPlace(ctx, requestId, left))) return null;
  const ids = events.map(({ id }) => id);
  return {
    aggregateIds: [...new Set(events.map(({ aggregateId }) => aggregateId))],
    projectedAt: await projectedAt(ctx, ids),
    waitUntil,
  };
}

/** Those that the workers have not done in time. */
async function patiently(ctx: RequestContext, wanted: JobRequest[]): Promise<JobRequest[]> {
  const until = performance.now() + waitMs;
  let left = wanted;
  for (let wait = lookMs.first; ; wait = Math.min(wait * 2, lookMs.longest)) {
    left = await undone(ctx, left);
    if (left.length === 0 || performance.now() > until) return left;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function undone(ctx: RequestContext, wanted: JobRequest[]): Promise<JobRequest[]> {
  if (wanted.length === 0) return [];
  const ids = wanted.flatMap(({ data }) => data.eventIds);
  const rows = await inTransaction(ctx, (tx) =>
    tx.sql<{ step: string }>(
      `select event_id || ' ' || job as step from event_jobs
       where event_id = any ($1::uuid[]) and failure is null`,
      [ids],
    ),
  );
  const done = new Set(rows.map(({ step }) => step));
  return wanted.filter(({ job, data }) =>
    data.eventIds.some((id) => !done.has(`${id} ${job.name}`)),
  );
}

/** Answers whether it was done in time. */
async function inPlace(
  ctx: RequestContext,
  requestId: string,
  left: JobRequest[],
): Promise<boolean> {
  const known = underWay.get(requestId);
  const work = known ?? perform(ctx, left);
  if (!known) {
    underWay.set(requestId, work);
    void work.catch(() => {}).finally(() => underWay.delete(requestId));
  }
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), inPlaceMs);
  });
  try {
    return await Promise.race([work.then(() => true), tooLate]);
  } catch (error) {
    ctx.log.warn({ err: error, request: requestId }, "a change cannot be projected in place");
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function perform({ db, tenant, log }: RequestContext, left: JobRequest[]): Promise<void> {
  for (const { job, data } of left) {
    const began = performance.now();
    await job.run(systemContext(db, tenant, log), job.payload.parse(data.payload));
    await recordStep(db, {
      tenantId: tenant.id,
      job: job.name,
      eventIds: data.eventIds,
      tookMs: performance.now() - began,
      attempt: 1,
    });
  }
}

/** The end of the last of the jobs; now, when there were none. */
function projectedAt(ctx: RequestContext, eventIds: string[]): Promise<string> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.sql<{ at: string }>(
      `select coalesce(max(finished_at), now())::text as at
       from event_jobs where event_id = any ($1::uuid[])`,
      [eventIds],
    );
    return row?.at ?? "";
  });
}
