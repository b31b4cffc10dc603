import type { RequestContext } from "#kernel/context";
import { mailerOf } from "#kernel/mail";
import { isPlatformAdministrator } from "#kernel/platform";
import { inTransaction } from "#kernel/transaction";
import * as settings from "../settings/settings.service.ts";
import { byEmail } from "../users/user.service.ts";
import { type AccountRequest, tokenForMail } from "./request.service.ts";
import { type Template, written } from "./templates.ts";

/**
 * Sends the mail that was asked for, if it is to go to anybody. Done twice, it may be sent twice, and the
 * later one's token is the one that is good.
 */
export async function sendRequested(ctx: RequestContext, requestId: string): Promise<void> {
  const request = await tokenForMail(ctx, requestId);
  const addressed = request && (await addressedTo(ctx, request));
  if (!addressed) return;
  const { template, to } = addressed;
  const { id, locale, token } = request;
  const own = await settings.get(ctx);
  const { sender } = own;
  const link = await linkFor(ctx, request, own);
  const { name: site } = ctx.tenant;
  await mailerOf(ctx.db).send({
    id,
    from: sender ?? site,
    to,
    ...written(template, { site, locale, link, token }),
  });
}

/** A tenant's people say where links lead: a super administrator, who may do more than they, is shown the token. */
async function linkFor(
  ctx: RequestContext,
  { email }: AccountRequest,
  own: settings.Settings,
): Promise<string | null> {
  const { db, tenant } = ctx;
  const owner = await inTransaction(ctx, (tx) => byEmail(tx, email));
  const user = owner && { userId: owner.id, tenantId: tenant.id };
  return user && (await isPlatformAdministrator(db, user)) ? null : settings.linkOf(ctx, own);
}

/**
 * Here, where nobody sees how long it takes, it is found out who has an account. What is for its owner goes to
 * the address as the owner gave it: one that only looks the same may be somebody else's.
 */
async function addressedTo(
  ctx: RequestContext,
  { purpose, email }: AccountRequest,
): Promise<{ template: Template; to: string } | null> {
  const owner = await inTransaction(ctx, (tx) => byEmail(tx, email));
  if (purpose === "password-reset") return owner && { template: purpose, to: owner.email };
  const claimed = purpose === "registration" || purpose === "email-change";
  return claimed && owner
    ? { template: "taken", to: owner.email }
    : { template: purpose, to: email };
}
