import { note } from "#kernel/access/audit";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import type { Server } from "../server.ts";
import type { BoardQueue } from "./admin-side.ts";

/** What the dashboard is asked to do. */
export interface Steer {
  /** As the audit log has it. */
  action: string;
  /** Absent: of all queues. */
  queue?: string;
  job?: string;
}

/**
 * What may be done, by the address below /admin/jobs. Nothing else: a job that is added, changed or
 * obliterated by hand would be one that no event stands behind, or an event that nobody hears.
 */
const steers: [RegExp, string][] = [
  [/^\/api\/queues\/(?<verb>pause|resume)$/, "queues.$verbd"],
  [/^\/api\/queues\/(?<queue>[^/]+)\/(?<verb>pause|resume)$/, "queue.$verbd"],
  [/^\/api\/queues\/(?<queue>[^/]+)\/retry\/failed$/, "queue.dead-letters-retried"],
  [/^\/api\/queues\/(?<queue>[^/]+)\/clean\/failed$/, "queue.dead-letters-discarded"],
  [/^\/api\/queues\/(?<queue>[^/]+)\/clean\/completed$/, "queue.completed-discarded"],
  [/^\/api\/queues\/(?<queue>[^/]+)\/promote$/, "queue.delayed-promoted"],
  [/^\/api\/queues\/(?<queue>[^/]+)\/job-schedulers\/[^/]+\/run$/, "queue.schedule-run"],
  [/^\/api\/queues\/(?<queue>[^/]+)\/(?<job>[^/]+)\/retry$/, "job.retried"],
  [/^\/api\/queues\/(?<queue>[^/]+)\/(?<job>[^/]+)\/clean$/, "job.discarded"],
  [/^\/api\/queues\/(?<queue>[^/]+)\/(?<job>[^/]+)\/promote$/, "job.promoted"],
];

/** What is asked for with PUT, if it may be done. */
export function steerOf(method: string, path: string): Steer | undefined {
  if (method !== "PUT") return undefined;
  for (const [address, action] of steers) {
    const { queue, job, verb = "" } = address.exec(path)?.groups ?? {};
    if (!address.test(path)) continue;
    return {
      action: action.replace("$verb", verb),
      ...(queue !== undefined && { queue: decodeURIComponent(queue) }),
      ...(job !== undefined && { job: decodeURIComponent(job) }),
    };
  }
  return undefined;
}

/**
 * Finds out whose a job is, before it may be gone. Answers what puts the deed on record: with the job's
 * tenant, who is to know, else with the administrator's own.
 */
export async function recording(
  { admin, tenants }: Server,
  visitor: RequestContext,
  { action, queue, job }: Steer,
): Promise<() => Promise<void>> {
  const found = await jobOf(admin.queues(), queue, job);
  const state = found ? await found.getState() : null;
  const tenantId = found?.data.tenantId;
  const tenant = tenantId === undefined ? null : await tenants.find({ id: tenantId });
  const subject = (tenant && found?.data.eventIds?.[0]) ?? tenantId ?? visitor.tenant.id;
  return () =>
    inTransaction({ ...visitor, tenant: tenant ?? visitor.tenant }, async (tx) =>
      note(tx, action, subject, {
        entity: job === undefined ? "Queue" : "Job",
        id: [queue ?? "all", job].filter((part) => part !== undefined).join(":"),
        kind: action.endsWith("discarded") ? "deleted" : "updated",
        fields: job === undefined ? [] : [{ name: "state", before: state, after: null }],
      }),
    );
}

async function jobOf(queues: BoardQueue[], queue: string | undefined, job: string | undefined) {
  if (queue === undefined || job === undefined) return undefined;
  return queues.find(({ name }) => name === queue)?.getJob(job);
}
