import { Webhook } from "standardwebhooks";
import { HookSecret } from "#entities/webhooks/hook-secret";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, Unauthenticated } from "#kernel/errors";
import type { AnyHook } from "#kernel/rest/hooks";
import { secretsOf } from "../secrets.ts";

/** A message as it came. */
export interface Message {
  headers: Record<string, string>;
  sent: string;
  body: unknown;
}

/**
 * Takes a message in if its sender has signed it within the last five minutes; what it asks for is done in
 * the transaction that remembers its id, so a message that comes again changes nothing. Answers whether it
 * was here before. Throws UNAUTHENTICATED, BAD_USER_INPUT, and what the hook throws.
 */
export async function receive(
  ctx: RequestContext,
  hook: AnyHook,
  { headers, sent, body }: Message,
): Promise<{ duplicate: boolean }> {
  await demandSignature(ctx, hook, headers, sent);
  const { data, error } = hook.payload.safeParse(body);
  if (error) throw BadUserInput.from(error);
  return inTransaction(ctx, async (tx) => {
    const duplicate = !(await remember(tx, hook.source, headers["webhook-id"] ?? ""));
    if (!duplicate) await hook.run(tx, data);
    return { duplicate };
  });
}

async function demandSignature(
  ctx: RequestContext,
  { source }: AnyHook,
  headers: Message["headers"],
  sent: string,
): Promise<void> {
  const held = await inTransaction(ctx, ({ em }) => em.findOne(HookSecret, { source }));
  const secrets = held ? secretsOf(ctx, held) : [];
  if (!secrets.some((secret) => isSigned(secret, headers, sent))) {
    throw new Unauthenticated("The signature is not good here.");
  }
}

function isSigned(secret: string, headers: Message["headers"], sent: string): boolean {
  try {
    new Webhook(secret).verify(sent, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

/** False when it is there already. Of two at once the second waits for how the first ends. */
async function remember(tx: Transaction, source: string, messageId: string): Promise<boolean> {
  const rows = await tx.sql(
    `insert into hook_receipts (tenant_id, source, message_id) values ($1, $2, $3)
     on conflict do nothing returning 1`,
    [tx.tenant.id, source, messageId],
  );
  return rows.length > 0;
}
