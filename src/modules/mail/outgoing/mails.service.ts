import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { MailRequested } from "../events.ts";
import { attempt } from "./attempt.ts";

/** A mail that somebody is to get. */
export interface Letter {
  /** The name of a template that a module declares. */
  template: string;
  /** What it is for: for one cause nobody gets a second of the kind. */
  causeId: string;
  to: string;
  /** Whose address it is, where that is known: the mail goes with the user. */
  userId?: string;
  locale: string;
  /** The name it is from; the tenant's own when left out. */
  sender?: string | undefined;
  /** In our own words, whatever the tenant says: for who may do more than its people. */
  asItCame?: boolean;
  variables: Record<string, string>;
}

/** Domains that nobody has, by RFC 2606: such people are there to be tried with, as by `tenancy:verify`. */
const nobodys = /[@.](example|invalid)$/i;

/** Puts a mail on record; a job sends it after the commit. None of its variables may be secret: they are kept until then. */
export async function post(tx: Transaction, letter: Letter): Promise<void> {
  if (nobodys.test(letter.to)) return;
  const id = await putOnRecord(tx, letter, letter.variables);
  if (id !== undefined) record(tx, MailRequested, { id, revision: 1 }, { mailId: id });
}

/** Sends what was posted, if nobody has. Throws as {@link deliver} does. */
export const sendPosted = (ctx: RequestContext, mailId: string): Promise<void> =>
  attempt(ctx, mailId);

/**
 * Sends a mail that holds secrets, from a job of the caller's own: they go into the mail and nowhere else.
 * Done again after it was sent, nothing happens. Throws NOT_CONFIGURED where no mails are sent,
 * {@link NotToBeRetried} when the recipient's side refuses it, anything when it may be taken later.
 */
export async function deliver(ctx: RequestContext, letter: Letter): Promise<void> {
  const id = await inTransaction(ctx, async (tx) => {
    const made = await putOnRecord(tx, letter, {});
    return made ?? (await idOf(tx, letter));
  });
  const { variables: secrets, asItCame } = letter;
  if (id !== undefined) await attempt(ctx, id, { secrets, asItCame });
}

/** Undefined where there is one already. */
async function putOnRecord(
  tx: Transaction,
  letter: Letter,
  variables: Record<string, string>,
): Promise<string | undefined> {
  const [row] = await tx.sql<{ id: string }>(
    `insert into mails (id, tenant_id, template, cause_id, address, user_id, locale, sender, variables, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict do nothing returning id`,
    [
      newId(),
      tx.tenant.id,
      letter.template,
      letter.causeId,
      letter.to,
      letter.userId ?? null,
      letter.locale,
      letter.sender ?? null,
      JSON.stringify(variables),
      tx.now,
    ],
  );
  return row?.id;
}

async function idOf(tx: Transaction, letter: Letter): Promise<string | undefined> {
  const [row] = await tx.sql<{ id: string }>(
    "select id from mails where template = $1 and cause_id = $2 and lower(address) = lower($3)",
    [letter.template, letter.causeId, letter.to],
  );
  return row?.id;
}
