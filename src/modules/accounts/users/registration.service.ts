import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { Conflict, DomainError } from "#kernel/errors";
import {
  confirmWithPassword,
  limitMails,
  notGood,
  refuseWithoutMail,
  requestMail,
} from "../requests/request.service.ts";
import * as settings from "../settings/settings.service.ts";
import { add, byEmail } from "./user.service.ts";

export class RegistrationClosed extends DomainError {
  constructor() {
    super({
      code: "FORBIDDEN",
      status: 403,
      message: "Here nobody can make themselves an account.",
      details: { reason: "REGISTRATION_CLOSED" },
    });
  }
}

/**
 * Has a mail sent by which the account is made. To whom it says that there is one already, only the mail
 * tells: the answer is the same, and takes as long. Throws {@link RegistrationClosed}, RATE_LIMITED,
 * NOT_CONFIGURED where no mails are sent.
 */
export async function register(
  ctx: RequestContext,
  given: { email: string; name: string; locale?: string | null | undefined },
): Promise<void> {
  refuseWithoutMail(ctx);
  const { registration } = await settings.get(ctx);
  if (!registration) throw new RegistrationClosed();
  await limitMails(ctx, given.email);
  await inTransaction(ctx, (tx) => requestMail(tx, { ...given, purpose: "registration" }));
}

/**
 * Makes the account that was registered. The password is chosen now, by whoever reads the mail: somebody
 * who registers another's address cannot have chosen it for them. Throws BAD_USER_INPUT for a token that
 * is not good, CONFLICT when there is an account by now.
 */
export function confirmRegistration(
  ctx: RequestContext,
  given: { token: string; password: string },
): Promise<void> {
  return confirmWithPassword(ctx, given, ["registration"], async (tx, request, passwordHash) => {
    const { email, name } = request;
    if (!name) throw notGood();
    if (await byEmail(tx, email)) throw new Conflict("There is an account with this address.");
    add(tx, { email, name, passwordHash, emailVerifiedAt: tx.now, role: "customer" });
  });
}
