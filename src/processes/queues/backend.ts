import type { Job, JobsOptions, KeepJobs, Queue, Worker, WorkerOptions } from "bullmq";
import type { QueueBacklog } from "#kernel/consistency/freshness";
import type { JobData } from "#kernel/jobs/job";
import type { JobStore } from "#kernel/jobs/store";

/** As BullMQ has it, whatever it is kept in. */
export type JobQueue = Queue<JobData, unknown, string>;
export type JobWorker = Worker<JobData, unknown, string>;
export type QueuedJob = Job<JobData, unknown, string>;

/** Does a job; throwing means another try. `token` is the worker's hold on it. */
export type Process = (job: QueuedJob, token?: string) => Promise<unknown>;

/** How jobs of single tenants are found. */
export type JobList = Pick<JobStore, "list" | "count" | "find">;

/** What is done stays to be looked at for a day, and a thousand of each queue. */
export const completedKept: KeepJobs = { age: 24 * 3600, count: 1_000 };

/** What the queues are kept in. */
export interface QueueBackend {
  /** For people: what it is. */
  name: string;
  /** What of its queue is to stay once the next job is done; false: all. */
  keepCompleted(): KeepJobs | false;
  queue(name: string, defaults: JobsOptions): JobQueue;
  worker(name: string, process: Process, options: Partial<WorkerOptions>): JobWorker;
  /** What lies on these queues. */
  backlog(names: string[]): Promise<QueueBacklog[]>;
  jobs: JobList;
  /** Rejects at once when jobs cannot be put anywhere now. */
  reachable(): Promise<void>;
  /** Rejects when it does not answer. */
  ping(): Promise<void>;
  /** Why jobs are not safe with it; undefined when they are. */
  unfit(): Promise<string | undefined>;
  /** What it can lose, and how one finds out; absent where jobs are as safe as the events they come from. */
  forgetful?: ForgetfulBackend;
  close(): Promise<void>;
}

/** A backend that may come back as it was some time ago, or empty. */
export interface ForgetfulBackend {
  /** Who answers, and the number that was last left with it; null when it has none. */
  recall(): Promise<{ server: string; beat: number | null }>;
  /** Leaves a number with it that says nothing: whatever came of it, it is not to be relied on. */
  mistrust(): Promise<void>;
  /** Leaves a number in place of the one before. False when that is gone: it has forgotten this very moment. */
  leave(beat: number): Promise<boolean>;
}
