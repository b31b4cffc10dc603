import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { NotFound, StaleRevision } from "#kernel/errors";

/** A tenant as its administrators see it. */
export interface TenantRecord {
  id: string;
  revision: number;
  slug: string;
  name: string;
  defaultLocale: string;
  locales: string[];
  defaultCurrency: string;
  currencies: string[];
  domains: string[];
  suspendedAt: Date | null;
  suspensionReason: string | null;
  /** When an export of all its rows was last complete. */
  exportedAt: Date | null;
  deletionRequestedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const columns = `(tenant).id, (tenant).revision::float8 as revision, (tenant).slug, (tenant).name,
  (tenant).default_locale as "defaultLocale", (tenant).locales,
  (tenant).default_currency as "defaultCurrency", (tenant).currencies::text[] as currencies,
  domains, (tenant).suspended_at as "suspendedAt", (tenant).suspension_reason as "suspensionReason",
  (tenant).exported_at as "exportedAt", (tenant).deletion_requested_at as "deletionRequestedAt",
  (tenant).created_at as "createdAt", (tenant).updated_at as "updatedAt"`;

/** The context's own. */
export function read(ctx: RequestContext): Promise<TenantRecord> {
  return inTransaction(ctx, async (tx) => {
    const [found] = await tx.sql<TenantRecord>(
      `select ${columns} from (
         select t as tenant, array(select host from tenant_domains where tenant_id = t.id order by host) as domains
         from tenants t where id = $1) as own`,
      [tx.tenant.id],
    );
    if (!found) throw new NotFound("tenant", tx.tenant.id);
    return withMoments(found);
  });
}

/** Of all there are, oldest first: up to `atMost`, which come after the one with the id. */
export async function list(
  { pool }: Database,
  after: string | null,
  atMost: number,
): Promise<TenantRecord[]> {
  const { rows } = await pool.query<TenantRecord>(`select ${columns} from list_tenants($1, $2)`, [
    after,
    atMost,
  ]);
  return rows.map(withMoments);
}

export async function count({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "select count(*)::integer as n from all_tenant_ids()",
  );
  return rows[0]?.n ?? 0;
}

/** Keeps everybody else's change of the tenant waiting. Throws NOT_FOUND or CONFLICT. */
export async function lock(tx: Transaction, revision?: number | null): Promise<TenantRecord> {
  await tx.sql("select from tenants where id = $1 for update", [tx.tenant.id]);
  const found = await read(tx);
  if (typeof revision === "number" && revision !== found.revision) {
    throw new StaleRevision("tenant", found.id, revision, found.revision);
  }
  return found;
}

/** Inside a transaction moments come as text. */
function withMoments(found: TenantRecord): TenantRecord {
  const date = (moment: Date | string | null) => (moment === null ? null : new Date(moment));
  return {
    ...found,
    suspendedAt: date(found.suspendedAt),
    exportedAt: date(found.exportedAt),
    deletionRequestedAt: date(found.deletionRequestedAt),
    createdAt: new Date(found.createdAt),
    updatedAt: new Date(found.updatedAt),
  };
}
