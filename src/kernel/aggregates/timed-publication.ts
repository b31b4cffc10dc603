import type { Logger } from "pino";
import type { z } from "zod";
import { type RequestContext, systemContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { NotFound } from "#kernel/errors";
import { Moment } from "#kernel/fields";
import { findTenant } from "#kernel/tenancy/find-tenants";

/** What is to become public, or to be so no longer, by itself. Both may be set, in either order. */
export interface Planned {
  publishAt?: Date | null;
  unpublishAt?: Date | null;
}

/** For whoever plans it. Moments in the past are due at once; null takes the plan back. */
export const planned = { publishAt: Moment.nullish(), unpublishAt: Moment.nullish() };

/** Refuses a plan that contradicts itself. */
export function refuseContradictions(
  { status, publishAt, unpublishAt }: z.output<z.ZodObject<typeof planned>> & { status?: string },
  issue: z.RefinementCtx,
): void {
  if (publishAt && unpublishAt && publishAt.getTime() === unpublishAt.getTime()) {
    issue.addIssue({
      code: "custom",
      path: ["unpublishAt"],
      message: "must be another moment than publishAt",
    });
  }
  if (publishAt && status === "published" && !(unpublishAt && unpublishAt < publishAt)) {
    issue.addIssue({
      code: "custom",
      path: ["publishAt"],
      message: "must be left out for what is published at once",
    });
  }
}

export interface Due {
  what: "publish" | "unpublish";
  /** When it was to happen. */
  at: Date;
}

/**
 * What the plan says is to be done by now, and takes it off the plan. Of two things that are due the later
 * counts: what was to be public for an hour while nothing ran is not shown after it.
 */
export function takeDue(root: Planned, now: Date): Due | undefined {
  const { publishAt, unpublishAt } = root;
  const publish = publishAt && publishAt <= now ? publishAt : undefined;
  const unpublish = unpublishAt && unpublishAt <= now ? unpublishAt : undefined;
  if (publish) root.publishAt = null;
  if (unpublish) root.unpublishAt = null;
  if (publish && !(unpublish && unpublish >= publish)) return { what: "publish", at: publish };
  return unpublish && { what: "unpublish", at: unpublish };
}

/** How many of all tenants are asked for at a time. */
const pageSize = 50;

/**
 * Calls `work` for each of the tenants' things that has something due, the longest due first. One that
 * fails is told of, holds nobody up, and is tried again in the next turn. `finder` is the SQL function
 * that finds them.
 */
export async function eachDue(
  { db, log }: { db: Database; log: Logger },
  finder: "due_nodes" | "due_products",
  now: Date,
  work: (ctx: RequestContext, id: string) => Promise<unknown>,
): Promise<void> {
  let after: Found | undefined;
  for (;;) {
    const found: Found[] = await page(db, finder, now, after);
    for (const each of found) {
      const { tenantId, id } = each;
      try {
        const tenant = await findTenant(db, { id: tenantId });
        if (tenant) await work(systemContext(db, tenant, log), id);
      } catch (error) {
        // Deleted meanwhile: there is nothing left to do.
        if (error instanceof NotFound) continue;
        log.error(
          { err: error, tenant: tenantId, id },
          "what is due cannot be published or hidden",
        );
      }
    }
    after = found.at(-1);
    if (found.length < pageSize) return;
  }
}

interface Found {
  tenantId: string;
  id: string;
  /** To the microsecond, as the database writes it. */
  due: string;
}

async function page({ pool }: Database, finder: string, now: Date, after: Found | undefined) {
  const { rows } = await pool.query<Found>(
    `select tenant_id as "tenantId", id, due::text as due from ${finder}($1, $2, $3, $4)`,
    [now, after?.due ?? "-infinity", after?.id ?? null, pageSize],
  );
  return rows;
}
