import { personOf } from "#kernel/access/access";
import { note } from "#kernel/access/audit";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import type { Key } from "#kernel/graphql/key.input";
import { proven } from "../passwords/password.service.ts";
import { lockBelow } from "../users/user.service.ts";
import {
  enrol,
  type Enrolment,
  renewCodes,
  takeCode,
  turnOff,
  turnOn,
} from "./second-factor.service.ts";

/** What the caller's app is to be given. Throws BAD_USER_INPUT for a wrong password, CONFLICT when it is on. */
export async function begin(ctx: RequestContext, password: string): Promise<Enrolment> {
  return enrol(ctx, await proven(ctx, password));
}

/** Turns it on for the caller; resolves with the recovery codes. Throws BAD_USER_INPUT for a wrong code. */
export function finish(ctx: RequestContext, code: string): Promise<string[]> {
  return turnOn(ctx, personOf(ctx).userId, code);
}

/** What shows that the caller may change it: both factors. */
interface Proof {
  password: string;
  code: string;
}

/** New recovery codes for the caller. Throws BAD_USER_INPUT for a wrong password, UNAUTHENTICATED for a wrong code. */
export async function newRecoveryCodes(ctx: RequestContext, proof: Proof): Promise<string[]> {
  const userId = await provenTwice(ctx, proof);
  return inTransaction(ctx, (tx) => {
    note(tx, "user.recovery-codes-renewed", userId);
    return renewCodes(tx, userId);
  });
}

/** Turns it off for the caller. Throws as `newRecoveryCodes` does. */
export async function end(ctx: RequestContext, proof: Proof): Promise<void> {
  const userId = await provenTwice(ctx, proof);
  await inTransaction(ctx, (tx) => turnOff(tx, userId));
}

/** Does away with somebody else's; false when there was none. Throws NOT_FOUND, FORBIDDEN. */
export function removeOf(ctx: RequestContext, { id, revision }: Key): Promise<boolean> {
  return inTransaction(ctx, async (tx) => turnOff(tx, (await lockBelow(tx, id, revision)).id));
}

async function provenTwice(ctx: RequestContext, { password, code }: Proof): Promise<string> {
  const { id } = await proven(ctx, password);
  await takeCode(ctx, id, code);
  return id;
}
