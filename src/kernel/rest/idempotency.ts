import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";

/** A call that may be sent more than once and is to happen once. */
export interface KeyedCall {
  /** The caller's: two callers may use the same key. */
  actorId: string;
  key: string;
  /** Of everything that makes the call what it is. */
  fingerprint: Buffer;
}

/** What the call was answered with. */
export interface KeptAnswer {
  status: number;
  /** As it was sent; null without one. */
  body: string | null;
}

/** Ours to carry out, under way elsewhere, done with this answer, or another call than the key was first used for. */
export type Claim =
  | { state: "ours" }
  | { state: "under way" }
  | { state: "another call" }
  | { state: "done"; answer: KeptAnswer };

/** How long an answer is kept, and how long a call may be under way before its process is taken for dead. */
const kept = "24 hours";
const underWay = "5 minutes";

/** Of any number of the same call at once, one is told that it is its to carry out. */
export function claim(ctx: RequestContext, call: KeyedCall): Promise<Claim> {
  const key = [ctx.tenant.id, call.actorId, call.key];
  return inTransaction(ctx, async (tx) => {
    const claimed = await tx.sql(
      `insert into idempotency_keys as known (tenant_id, actor_id, key, fingerprint)
       values ($1, $2, $3, $4)
       on conflict (tenant_id, actor_id, key) do update
       set fingerprint = excluded.fingerprint, claimed_at = now(), status = null, body = null
       where known.claimed_at < now() - interval '${kept}'
          or (known.status is null and known.claimed_at < now() - interval '${underWay}')
       returning 1`,
      [...key, call.fingerprint],
    );
    if (claimed.length > 0) return { state: "ours" };
    const [known] = await tx.sql<{ same: boolean; status: number | null; body: string | null }>(
      `select fingerprint = $4 as same, status, body from idempotency_keys
       where (tenant_id, actor_id, key) = ($1, $2, $3)`,
      [...key, call.fingerprint],
    );
    if (known && !known.same) return { state: "another call" };
    // Gone again: whoever had it was refused meanwhile, and this one may be tried once more.
    if (!known || known.status === null) return { state: "under way" };
    return { state: "done", answer: { status: known.status, body: known.body } };
  });
}

/** Keeps the answer for whoever sends the call again. */
export async function keep(
  ctx: RequestContext,
  { actorId, key }: KeyedCall,
  { status, body }: KeptAnswer,
): Promise<void> {
  await inTransaction(ctx, (tx) =>
    tx.sql(
      `update idempotency_keys set status = $4, body = $5
       where (tenant_id, actor_id, key) = ($1, $2, $3)`,
      [ctx.tenant.id, actorId, key, status, body],
    ),
  );
}

/** Lets the call be tried again: it failed on our side. */
export async function release(ctx: RequestContext, { actorId, key }: KeyedCall): Promise<void> {
  await inTransaction(ctx, (tx) =>
    tx.sql("delete from idempotency_keys where (tenant_id, actor_id, key) = ($1, $2, $3)", [
      ctx.tenant.id,
      actorId,
      key,
    ]),
  );
}

/** The query for the ids of tenants that have keys to remove. */
export const tenantsWithOldKeys = `
  select id from tenants_with_old_keys(now() - interval '${kept}') t(id) order by id`;

/** Removes the tenant's keys that are kept no longer; answers how many. */
export async function forgetOldKeys(ctx: RequestContext): Promise<number> {
  const gone = await inTransaction(ctx, (tx) =>
    tx.sql(
      `delete from idempotency_keys
       where tenant_id = $1 and claimed_at < now() - interval '${kept}' returning 1`,
      [ctx.tenant.id],
    ),
  );
  return gone.length;
}
