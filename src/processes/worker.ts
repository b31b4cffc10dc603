import { UnrecoverableError } from "bullmq";
import type { Logger } from "pino";
import { type RequestContext, systemContext, type Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import type { Listener } from "#kernel/events/listeners";
import { type AnyJob, type JobData, NotToBeRetried, type ScheduledJob } from "#kernel/jobs/job";
import { recordStep, type Step } from "#kernel/jobs/steps";
import type { ModuleDefinition } from "#kernel/modules/module";
import type { Registry } from "#kernel/modules/registry";
import { isEnabled } from "#kernel/modules/state";
import { traceId, traced } from "#kernel/observability/tracing";
import { findTenant as readTenant, type FindTenant } from "#kernel/tenancy/find-tenants";
import { jobDuration } from "./job-metrics.ts";
import { belated, isPassing, part } from "./parting.ts";
import type { Queues, Taken } from "./queues.ts";

/** Does what is done every so often, however many workers there are: one of them at a time. */
export async function startSchedules(options: {
  queues: Queues;
  schedules: ScheduledJob[];
  db: Database;
  log: Logger;
}): Promise<void> {
  const { queues, schedules, db, log } = options;
  for (const job of schedules) {
    const worker = await queues.schedule(job, () => job.run({ db, log }));
    worker.on("failed", (_, error) => {
      log.warn({ err: error, job: job.name }, "the scheduled job failed; its next turn comes");
    });
  }
}

/** Works on every kind of job. A job that keeps failing ends as a dead letter with its reason. */
export function startWorkers(options: {
  queues: Queues;
  jobs: AnyJob[];
  listeners?: Listener[];
  concurrency: number;
  db: Database;
  findTenant: FindTenant;
  owners: Registry["owners"];
  log: Logger;
}): void {
  const { queues, jobs, listeners = [], concurrency, db, findTenant, owners, log } = options;
  for (const job of jobs) {
    const worker = queues.work(job, job.concurrency ?? concurrency, (taken) =>
      asPartOfTrace(job, taken),
    );
    worker.on("failed", (failed, error) => {
      const final = isFinal(job, error, failed?.attemptsMade ?? 0);
      log[final ? "error" : "warn"](
        {
          err: error,
          job: job.name,
          id: failed?.id,
          attempt: failed?.attemptsMade,
          traceId: traceId(failed?.data.traces?.[0]),
        },
        final ? "the job is a dead letter" : "the job failed and will be tried again",
      );
    });
  }

  function asPartOfTrace(job: AnyJob, taken: Taken): Promise<unknown> {
    const { data, attempt } = taken;
    const [parent, ...links] = data.traces ?? [];
    const facts = {
      "messaging.destination.name": job.name,
      "messaging.batch.message_count": data.eventIds.length,
      "rustok.tenant_id": data.tenantId,
      "rustok.attempt": attempt,
    };
    return traced(`process ${job.name}`, { kind: "consumer", parent, links, facts }, () =>
      perform(job, taken),
    );
  }

  async function perform(job: AnyJob, taken: Taken): Promise<unknown> {
    const { data, attempt } = taken;
    const tenant = await findTenant({ id: data.tenantId });
    // Its rows went with it: there is nothing left to work on.
    if (!tenant) return;
    if (await isSwitchedOff(tenant, owners.get(job))) return;
    const began = performance.now();
    const ended = (failure?: string) =>
      record({
        tenantId: tenant.id,
        job: job.name,
        eventIds: data.eventIds,
        tookMs: performance.now() - began,
        attempt,
        ...(failure !== undefined && { failure }),
      });
    const ctx = systemContext(db, tenant, log);
    try {
      const result = await job.run(ctx, await payloadOf(ctx, job, data));
      measure(job, "done", began);
      await ended();
      return result;
    } catch (error) {
      if (!isPassing(error) && (await parted(ctx, job, taken))) return;
      measure(job, isFinal(job, error, attempt) ? "dead" : "failed", began);
      await ended(error instanceof Error ? error.message : String(error));
      throw error instanceof NotToBeRetried ? new UnrecoverableError(error.message) : error;
    }
  }

  async function payloadOf(ctx: RequestContext, job: AnyJob, data: JobData): Promise<unknown> {
    const given = data.payload ?? (await belated(ctx, { job, data }, listeners));
    const payload = job.payload.safeParse(given);
    if (payload.error) throw new UnrecoverableError(payload.error.message);
    return payload.data;
  }

  /** Where that fails, too, the job is tried again as it is. */
  async function parted(ctx: RequestContext, job: AnyJob, taken: Taken): Promise<boolean> {
    try {
      return await part(ctx, { job, ...taken }, { listeners, enqueue: queues.enqueue });
    } catch (error) {
      log.warn({ err: error, job: job.name }, "a job that failed cannot be parted");
      return false;
    }
  }

  /**
   * Whether the tenant does without the job's module. The database has the last word: a job passed over
   * is made up for when the module is switched on, so it must be one from before that.
   */
  async function isSwitchedOff(
    tenant: Tenant,
    module: ModuleDefinition | undefined,
  ): Promise<boolean> {
    if (isEnabled(tenant, module)) return false;
    const now = await readTenant(db, { id: tenant.id });
    return !now || !isEnabled(now, module);
  }

  /** A job that is done is not done again because nobody took note. */
  async function record(step: Step): Promise<void> {
    try {
      await recordStep(db, step);
    } catch (error) {
      log.warn({ err: error, job: step.job }, "the end of a job is not on record");
    }
  }
}

/** Whether nobody will try again. */
const isFinal = ({ retry }: AnyJob, error: unknown, attempts: number) =>
  error instanceof UnrecoverableError || attempts >= retry.attempts;

const measure = (job: AnyJob, outcome: "done" | "failed" | "dead", began: number) =>
  jobDuration.observe({ queue: job.name, outcome }, (performance.now() - began) / 1000);
