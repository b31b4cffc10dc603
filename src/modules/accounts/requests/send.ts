import { isPlatformAdministrator } from "#kernel/access/platform";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { mails } from "#modules/mail";
import * as settings from "../settings/settings.service.ts";
import { byEmail } from "../users/user.service.ts";
import { type AccountMail, accountMails, actionOf } from "./mails.ts";
import { type AccountRequest, tokenForMail } from "./request.service.ts";

/**
 * Sends the mail that was asked for, if it is to go to anybody, once. Should it be sent a second time after
 * all, because whoever sent it died of it, it is the same mail with the same token.
 */
export async function sendRequested(ctx: RequestContext, requestId: string): Promise<void> {
  const request = await tokenForMail(ctx, requestId);
  const addressed = request && (await addressedTo(ctx, request));
  if (!addressed) return;
  const { mail, to, userId } = addressed;
  const { locale, token } = request;
  const own = await settings.get(ctx);
  const outranks = await isAbove(ctx, request);
  const link = outranks ? null : await settings.linkOf(ctx, own);
  await mails.deliver(ctx, {
    template: accountMails[mail].name,
    causeId: requestId,
    to,
    ...(userId !== undefined && { userId }),
    locale,
    sender: own.sender ?? undefined,
    asItCame: outranks,
    variables: { action: actionOf({ mail, link, locale, token }) },
  });
}

/**
 * A tenant's people say where links lead and what mails say: a super administrator, who may do more than
 * they, is shown the token, in our words.
 */
async function isAbove(ctx: RequestContext, { email }: AccountRequest): Promise<boolean> {
  const { db, tenant } = ctx;
  const owner = await inTransaction(ctx, (tx) => byEmail(tx, email));
  const user = owner && { userId: owner.id, tenantId: tenant.id };
  return user !== null && (await isPlatformAdministrator(db, user));
}

/**
 * Here, where nobody sees how long it takes, it is found out who has an account. What is for its owner goes to
 * the address as the owner gave it: one that only looks the same may be somebody else's.
 */
async function addressedTo(
  ctx: RequestContext,
  { purpose, email }: AccountRequest,
): Promise<{ mail: AccountMail; to: string; userId?: string } | null> {
  const owner = await inTransaction(ctx, (tx) => byEmail(tx, email));
  const toOwner = owner && { to: owner.email, userId: owner.id };
  if (purpose === "password-reset") return toOwner && { mail: purpose, ...toOwner };
  const claimed = purpose === "registration" || purpose === "email-change";
  return claimed && toOwner ? { mail: "taken", ...toOwner } : { mail: purpose, to: email };
}
