import type { Database } from "#kernel/database/database";
import { DomainError } from "#kernel/errors";

/** `delayed` waits for its next try, `failed` is a dead letter. */
export const jobStates = ["waiting", "active", "delayed", "failed", "completed"] as const;
export type JobState = (typeof jobStates)[number];

/** A job as it lies on its queue. */
export interface StoredJob {
  /** `<name>:<number>`; no two of an installation have the same. */
  id: string;
  name: string;
  state: JobState;
  tenantId: string;
  /** What asked for it. */
  eventIds: string[];
  /** How often it was tried; of one under way, before now. */
  attempts: number;
  maxAttempts: number;
  /** Why the latest attempt failed. */
  reason: string | null;
  addedAt: Date;
  /** Of a job that waits for its next try. */
  dueAt: Date | null;
  /** Of the latest attempt. */
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** All that are given must hold. */
export interface WantedJobs {
  names: string[];
  states: readonly JobState[];
  /** Asked for by any of these events. */
  eventIds?: string[];
  addedFrom?: Date;
  addedTo?: Date;
}

/** After which job of the list to go on. */
export type JobPosition = Pick<StoredJob, "addedAt" | "id">;

/** The jobs of one tenant: whatever is asked, those of others are not there. */
export interface JobStore {
  /** Of all the jobs that are there for tenants. */
  names: string[];
  /** Those added last go first. */
  list(
    tenantId: string,
    wanted: WantedJobs,
    page: { first: number; after?: JobPosition },
  ): Promise<StoredJob[]>;
  count(tenantId: string, wanted: WantedJobs): Promise<number>;
  find(tenantId: string, id: string): Promise<StoredJob | null>;
  /** Has a dead letter done anew, with all its attempts; one that waits for its next try has it now. Throws NOT_FOUND or CONFLICT. */
  retry(tenantId: string, id: string): Promise<StoredJob>;
  /** Takes it off its queue for good. Throws NOT_FOUND, or CONFLICT for one that is under way or done. */
  discard(tenantId: string, id: string): Promise<StoredJob>;
}

const chosen = new WeakMap<Database, () => JobStore>();

/** Says where the jobs of a database's tenants lie; asked for when somebody first wants to know. */
export function jobsLieIn(db: Database, store: () => JobStore): void {
  chosen.set(db, store);
}

/** Throws NOT_CONFIGURED in a process that has no queues, such as a command. */
export function jobStoreOf({ db }: { db: Database }): JobStore {
  const store = chosen.get(db);
  if (store) return store();
  throw new DomainError({
    code: "NOT_CONFIGURED",
    status: 501,
    message: "This process has no queues.",
  });
}
