import type { Logger } from "pino";
import type { z } from "zod";
import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";

/** Work done in the background. It may run twice, late and out of order: `run` must bear that. */
export interface JobDefinition<Payload = unknown> {
  name: string;
  payload: z.ZodType<Payload>;
  /** Tries before it becomes a dead letter; the delay doubles from `firstDelayMs`. */
  retry: { attempts: number; firstDelayMs: number };
  /** How many of it a worker does at a time, where it mostly waits for others; else what the operator says. */
  concurrency?: number;
  /** It folds the source into the read model and does nothing else: whoever needs to see a change may run it. */
  projection?: true;
  run(ctx: RequestContext, payload: Payload): Promise<unknown>;
}

/** Another try would end the same: the job is a dead letter at once, with the message as its reason. */
export class NotToBeRetried extends Error {
  override name = "NotToBeRetried";
}

/** A list of jobs mixes payloads; each is parsed by its own job before it runs. */
// eslint-disable-next-line typescript/no-explicit-any
export type AnyJob = JobDefinition<any>;

export function defineJob<Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> {
  return definition;
}

/** Work done every so often for the installation as a whole; never twice at a time. */
export interface ScheduledJob {
  name: string;
  everyMs: number;
  run(installation: { db: Database; log: Logger }): Promise<unknown>;
}

/** What lies on a queue: whose work it is, which events asked for it, and the job's own payload. */
export interface JobData {
  tenantId: string;
  eventIds: string[];
  payload: unknown;
  /** The traceparents of the changes it stands for: it is part of the first one's trace, and linked to the others. */
  traces?: string[];
}

/** A job on its way to the queue that bears its name. */
export interface JobRequest {
  job: AnyJob;
  data: JobData;
  /** From 0, which goes first, upwards. */
  priority?: number;
}

/** Puts jobs on their queues, all or none of each queue's; resolves when the queue backend holds them. */
export type Enqueue = (requests: JobRequest[]) => Promise<void>;
