import type { RequestContext } from "#kernel/context";
import { mailerOf } from "#kernel/mail";
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
  const { link, sender } = await settings.get(ctx);
  const { name: site } = ctx.tenant;
  await mailerOf(ctx.db).send({
    id,
    from: sender ?? site,
    to,
    ...written(template, { site, locale, link: link ?? null, token }),
  });
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
