import { note } from "#kernel/access/audit";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { type JobStore, jobStoreOf, type StoredJob } from "#kernel/jobs/store";
import { viewJob } from "./job.queries.ts";
import type { JobView } from "./job.view.ts";

/** Has a job of the tenant done anew. Throws NOT_FOUND or CONFLICT. */
export const retry = (ctx: RequestContext, id: string): Promise<JobView> =>
  steer(ctx, id, retried, (store) => store.retry(ctx.tenant.id, id));

/** Takes a job of the tenant off its queue. Throws NOT_FOUND or CONFLICT. */
export const discard = (ctx: RequestContext, id: string): Promise<JobView> =>
  steer(ctx, id, discarded, (store) => store.discard(ctx.tenant.id, id));

const retried = { action: "job.retried", kind: "updated", after: "waiting" } as const;
const discarded = { action: "job.discarded", kind: "deleted", after: null } as const;

/** The queue goes first: what it refuses must not be on record as done. */
async function steer(
  ctx: RequestContext,
  id: string,
  { action, kind, after }: typeof retried | typeof discarded,
  work: (store: JobStore) => Promise<StoredJob>,
): Promise<JobView> {
  const store = jobStoreOf(ctx);
  const { state: before = null } = (await store.find(ctx.tenant.id, id)) ?? {};
  const job = await work(store);
  const fields = [{ name: "state", before, after }];
  await inTransaction(ctx, async (tx) =>
    note(tx, action, job.eventIds[0] ?? ctx.tenant.id, { entity: "Job", id, kind, fields }),
  );
  return viewJob(job);
}
