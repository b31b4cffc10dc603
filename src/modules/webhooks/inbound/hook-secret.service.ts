import { HookSecret } from "#entities/webhooks/hook-secret";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { NotFound } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { HookSecretDeleted, HookSecretRotated } from "../events.ts";
import { newSecret, rotated, sealed } from "../secrets.ts";

/** The tenant's secrets by source. */
export async function all(ctx: RequestContext): Promise<Map<string, HookSecret>> {
  const found = await inTransaction(ctx, ({ em }) => em.find(HookSecret, {}));
  return new Map(found.map((secret) => [secret.source, secret]));
}

/** Gives a source its secret, or another one; for a day the one before is good, too. Answers it, to be shown this once. */
export function rotate(
  ctx: RequestContext,
  { source, secret = newSecret() }: { source: string; secret?: string | undefined },
): Promise<{ held: HookSecret; secret: string }> {
  return inTransaction(ctx, async (tx) => {
    const known = await tx.em.findOne(HookSecret, { source });
    const held =
      known ??
      tx.em.create(HookSecret, {
        id: newId(),
        tenantId: tx.tenant.id,
        source,
        secret: sealed(tx, secret),
        createdAt: tx.now,
      });
    if (known) tx.em.assign(known, { ...rotated(tx, known, secret, tx.now), rotatedAt: tx.now });
    record(tx, HookSecretRotated, { id: held.id, revision: 1 }, { source });
    return { held, secret };
  });
}

/** From then on the source is not believed. Throws NOT_FOUND. */
export function remove(ctx: RequestContext, source: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const held = await tx.em.findOne(HookSecret, { source });
    if (!held) throw new NotFound("secret of the source", source);
    tx.em.remove(held);
    record(tx, HookSecretDeleted, { id: held.id, revision: 1 }, { source });
  });
}
