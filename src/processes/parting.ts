import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { apart } from "#kernel/events/dispatch";
import type { Listener } from "#kernel/events/listeners";
import { eventsById } from "#kernel/events/outbox";
import type { AnyJob, Enqueue, JobData } from "#kernel/jobs/job";

/**
 * Puts each aggregate's part of a job that has failed on the queue by itself: one that cannot be worked on
 * then fails alone, and those that shared the job with it are not kept waiting. False where there is
 * nothing to part, or no telling how.
 */
export async function part(
  ctx: RequestContext,
  { job, data, priority }: { job: AnyJob; data: JobData; priority: number },
  { listeners, enqueue }: { listeners: Listener[]; enqueue: Enqueue },
): Promise<boolean> {
  if (data.eventIds.length < 2) return false;
  const events = await inTransaction(ctx, (tx) => eventsById(tx, data.eventIds));
  const shares = apart(job, events, listeners);
  if (shares.length < 2) return false;
  await enqueue(
    shares.map(({ payload, events: shared }) => ({
      job,
      data: { tenantId: data.tenantId, eventIds: shared.map(({ id }) => id), payload },
      priority,
    })),
  );
  return true;
}

/** What a listener could make nothing of when its event was handed over, asked for once more. Throws its reason. */
export async function belated(
  ctx: RequestContext,
  { job, data }: { job: AnyJob; data: JobData },
  listeners: Listener[],
): Promise<unknown> {
  const events = await inTransaction(ctx, (tx) => eventsById(tx, data.eventIds));
  return apart(job, events, listeners)[0]?.payload;
}

/**
 * Whether it was no fault of what was worked on: something was away, or in the way, for a while.
 * The first are PostgreSQL's classes of connections, conflicts, resources and operators, the others what
 * the network and its clients say.
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = "" } = error as { code?: string };
  return (
    /^(08|40|53|55|57)...$|^E[A-Z]+$|^UND_ERR/.test(code) ||
    /^(TimeoutError|AbortError)$/.test(error.name) ||
    /connection (terminated|ended|closed)|timeout/i.test(error.message) ||
    isPassing(error.cause)
  );
}
