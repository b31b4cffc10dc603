import { isDeepStrictEqual } from "node:util";
import { note } from "#kernel/access/audit";
import { actorIdOf, type RequestContext, type Tenant } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict } from "#kernel/errors";
import { type EventDefinition, record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import * as events from "./events.ts";
import {
  type CreateTenant,
  type DeleteTenant,
  type RenameTenant,
  type UpdateTenant,
  wholeTenant,
} from "./tenant.fields.ts";
import { lock, read, type TenantRecord } from "./tenant.record.ts";

/** Who creates a tenant, before there is one to work in. */
export type Founder = Omit<RequestContext, "tenant">;

/** Creates the tenant with its domains. Throws CONFLICT when the slug or a domain is taken. */
export async function create(
  founder: Founder,
  { domains, ...given }: CreateTenant,
): Promise<Tenant> {
  const tenant: Tenant = { id: newId(), ...given, status: "active", disabledModules: [] };
  // A tenant's own row is all its policies let it write: the new tenant creates itself.
  await inTransaction({ ...founder, tenant }, async (tx) => {
    await tx.sql(
      `insert into tenants (id, slug, name, default_locale, locales, default_currency, currencies)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        tenant.id,
        tenant.slug,
        tenant.name,
        tenant.defaultLocale,
        tenant.locales,
        tenant.defaultCurrency,
        tenant.currencies,
      ],
    );
    await tx.sql("insert into tenant_domains (host, tenant_id) select unnest($1::text[]), $2", [
      domains,
      tenant.id,
    ]);
    record(tx, events.TenantCreated, { id: tenant.id, revision: 1 }, { revision: 1 });
  });
  return tenant;
}

/**
 * Changes what is given. Texts in a locale that is taken away stay, unseen, and are back with it.
 * Throws BAD_USER_INPUT when a default is none of those there are, or CONFLICT for a stale revision.
 */
export function update(
  ctx: RequestContext,
  { revision, ...given }: UpdateTenant,
): Promise<TenantRecord> {
  return inTransaction(ctx, async (tx) => {
    const before = await lock(tx, revision);
    const { data: after, error } = wholeTenant.safeParse(merged(before, given));
    if (error) throw BadUserInput.from(error);
    const differs = (...names: (keyof typeof after)[]) =>
      names.some((name) => !isDeepStrictEqual(before[name], after[name]));
    const locales = differs("locales", "defaultLocale");
    if (!locales && !differs("name", "currencies", "defaultCurrency")) return before;
    return change(
      tx,
      locales ? events.TenantLocalesUpdated : events.TenantUpdated,
      `name = $2, default_locale = $3, locales = $4, default_currency = $5, currencies = $6,
       shared_revision = shared_revision + $7`,
      [
        after.name,
        after.defaultLocale,
        after.locales,
        after.defaultCurrency,
        after.currencies,
        locales ? 1 : 0,
      ],
    );
  });
}

const merged = (before: object, given: object) => ({
  ...before,
  ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
});

/** Gives it another slug; the one it had may be taken by others then. Throws CONFLICT when it is taken. */
export function rename(
  ctx: RequestContext,
  { slug, revision }: RenameTenant,
): Promise<TenantRecord> {
  return inTransaction(ctx, async (tx) => {
    const before = await lock(tx, revision);
    if (before.slug === slug) return before;
    return change(tx, events.TenantUpdated, "slug = $2", [slug]);
  });
}

/** Serves nobody for it any more, on any instance, until it is resumed. */
export function suspend(ctx: RequestContext, reason?: string | null): Promise<TenantRecord> {
  return inTransaction(ctx, async (tx) => {
    const before = await lock(tx);
    if (before.suspendedAt) return before;
    return change(tx, events.TenantSuspended, "suspended_at = $2, suspension_reason = $3", [
      tx.now,
      reason || null,
    ]);
  });
}

/** Throws CONFLICT when it is being deleted. */
export function resume(ctx: RequestContext): Promise<TenantRecord> {
  return inTransaction(ctx, async (tx) => {
    const before = await lock(tx);
    if (!before.suspendedAt) return before;
    if (before.deletionRequestedAt) throw new Conflict("The tenant is being deleted.");
    return change(
      tx,
      events.TenantResumed,
      "suspended_at = null, suspension_reason = null, exported_at = null, exported_rows = null",
    );
  });
}

/**
 * Has all of it deleted, in the background, for good. Only of a suspended tenant that was exported since:
 * nothing changes while it is suspended, so nothing is lost that the export does not have.
 * Throws BAD_USER_INPUT when `confirm` is not its slug, or `rows` not what the last line of the export
 * says, or CONFLICT.
 */
export async function requestDeletion(
  ctx: RequestContext,
  { confirm, rows }: DeleteTenant,
): Promise<TenantRecord> {
  const requested = await inTransaction(ctx, async (tx) => {
    const before = await lock(tx);
    demandConfirmation(before.slug, confirm);
    if (before.deletionRequestedAt) return before;
    if (!before.suspendedAt) throw new Conflict("Suspend the tenant first.");
    if (!before.exportedAt || before.exportedAt < before.suspendedAt) {
      throw new Conflict("Export the tenant first: there is no export since it was suspended.");
    }
    const due = await tx.sql(
      "update tenants set deletion_requested_at = $2 where id = $1 and exported_rows = $3 returning 1",
      [before.id, tx.now, rows],
    );
    if (due.length === 0) {
      throw BadUserInput.at(["rows"], "is not what the last line of the export says");
    }
    note(tx, "tenant.deletion-requested", before.id);
    return read(tx);
  });
  // The tenant's audit log goes with it.
  const { id, slug } = requested;
  ctx.log.info(
    { tenant: id, slug, actor: actorIdOf(ctx.actor), rows },
    "the deletion of the tenant is asked for",
  );
  return requested;
}

/** Throws BAD_USER_INPUT unless the slug was said twice. */
export function demandConfirmation(slug: string, confirm: string): void {
  if (confirm !== slug) throw BadUserInput.at(["confirm"], "must be the tenant's slug");
}

/** Changes the locked row and records the event. In `set`, $1 is the tenant's id and `values` begin with $2. */
async function change(
  tx: Transaction,
  event: EventDefinition<{ revision: number }>,
  set: string,
  values: unknown[] = [],
): Promise<TenantRecord> {
  await tx.sql(
    `update tenants set ${set}, revision = revision + 1, updated_at = $${values.length + 2}
     where id = $1`,
    [tx.tenant.id, ...values, tx.now],
  );
  const after = await read(tx);
  record(tx, event, after, { revision: after.revision });
  return after;
}
