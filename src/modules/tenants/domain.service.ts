import { holds } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict, NotFound } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { DomainAdded, DomainRemoved } from "./events.ts";
import { platform } from "./target.ts";
import { mostDomains } from "./tenant.fields.ts";
import { lock, read, type TenantRecord } from "./tenant.record.ts";

/**
 * Has the tenant answer to the host. Throws CONFLICT when the host is taken, or there are too many, and
 * BAD_USER_INPUT for one that only those may give away who run the installation.
 */
export async function add(ctx: RequestContext, host: string): Promise<TenantRecord> {
  if (!holds(ctx.actor, platform)) refuseHostOfInstallation(ctx, host);
  return inTransaction(ctx, async (tx) => {
    const { domains } = await lock(tx);
    if (domains.includes(host)) return read(tx);
    if (domains.length >= mostDomains) {
      throw new Conflict(`A tenant answers to at most ${mostDomains} hosts.`);
    }
    await tx.sql("insert into tenant_domains (host, tenant_id) values ($1, $2)", [
      host,
      tx.tenant.id,
    ]);
    return changed(tx, DomainAdded, host);
  });
}

/** By an address or a bare name the machine itself is asked, for its health for instance; what lies below the base domain is its tenants' by their slugs. */
function refuseHostOfInstallation({ baseDomain }: RequestContext, host: string): void {
  if (!host.includes(".") || /\.(\d+|localhost)$/.test(host)) {
    throw BadUserInput.at(["host"], "must be a name with a domain, such as shop.example.com");
  }
  if (baseDomain && `.${host}`.endsWith(`.${baseDomain}`)) {
    throw BadUserInput.at(["host"], "belongs to the installation");
  }
}

/** Throws NOT_FOUND for a host that is not the tenant's. */
export function remove(ctx: RequestContext, host: string): Promise<TenantRecord> {
  return inTransaction(ctx, async (tx) => {
    await lock(tx);
    const gone = await tx.sql("delete from tenant_domains where host = $1 returning 1", [host]);
    if (gone.length === 0) throw new NotFound("domain", host);
    return changed(tx, DomainRemoved, host);
  });
}

async function changed(
  tx: Transaction,
  event: typeof DomainAdded,
  host: string,
): Promise<TenantRecord> {
  await tx.sql("update tenants set revision = revision + 1, updated_at = $2 where id = $1", [
    tx.tenant.id,
    tx.now,
  ]);
  const after = await read(tx);
  record(tx, event, after, { host, revision: after.revision });
  return after;
}
