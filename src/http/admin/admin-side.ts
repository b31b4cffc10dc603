import type { Queue } from "bullmq";
import type { RequestContext, Tenant } from "#kernel/context";
import type { JobData } from "#kernel/jobs/job";

/** What the pages below /admin have of modules and queues. */
export interface AdminSide {
  /** Throws UNAUTHENTICATED or RATE_LIMITED. */
  signIn(ctx: RequestContext, credentials: Credentials): Promise<{ accessToken: string }>;
  /** Ends the session that the context's actor came by. */
  signOut(ctx: RequestContext): Promise<void>;
  /** Follows an event, or the latest change of what has the id, in the tenant or in all of them. */
  trace(id: string, tenant: Tenant | null): Promise<TracedChange | null>;
  /** Every queue there is, by its job's name. */
  queues(): BoardQueue[];
  /** What the job is, for whoever sees its queue. */
  describe(job: string): string;
}

export type BoardQueue = Queue<JobData, unknown, string>;

export interface Credentials {
  email: string;
  password: string;
  /** Of the second factor. */
  code: string | undefined;
}

/** One change's way, step by step; what has not happened yet comes last. */
export interface TracedChange {
  /** The slug. */
  tenant: string;
  type: string;
  id: string;
  aggregateId: string;
  revision: number;
  occurredAt: Date;
  steps: { at: Date | null; what: string }[];
}
