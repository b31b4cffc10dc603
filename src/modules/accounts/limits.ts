import type { RequestContext } from "#kernel/context";
import { networkOf } from "#kernel/security/network";
import type { Counted, Limit } from "#kernel/security/throttle";

const minute = 60;
const hour = 60 * minute;

/** How often what may be tried. What is counted for an account is counted whoever tries it and by whichever channel. */
export const limits = {
  /** Of one account from one address: who mistypes, or who guesses. */
  password: { name: "password", tries: 10, seconds: 15 * minute },
  /** Of one account from anywhere: many addresses that guess together. Its owner may be among them. */
  account: { name: "account", tries: 100, seconds: hour },
  /** From one address, whatever the account. */
  address: { name: "address", tries: 300, seconds: 15 * minute },
  /** Codes of one account's second factor: a million codes, three of which are good at a time. */
  code: { name: "code", tries: 8, seconds: 15 * minute },
  /** Of one session. */
  refresh: { name: "refresh", tries: 60, seconds: minute },
  /** From one address, whatever the session. */
  refreshes: { name: "refreshes", tries: 3_000, seconds: 15 * minute },
  /** To one mailbox. */
  mailbox: { name: "mailbox", tries: 5, seconds: hour },
  /** Asked for from one address, whatever the mailbox. */
  mails: { name: "mails", tries: 50, seconds: hour },
  /** Wrong or right, from one address: tokens of mails, starts and ends of sign-ins elsewhere. */
  token: { name: "token", tries: 100, seconds: 15 * minute },
} satisfies Record<string, Limit>;

/** Tries from where the request came from; none where nobody asked from outside. */
export function fromAddress({ origin }: RequestContext, limit: Limit): Counted[] {
  return origin ? [[limit, networkOf(origin.address)]] : [];
}

/** Tries for something of the tenant. */
export function ofTenant({ tenant }: RequestContext, limit: Limit, what: string): Counted {
  return [limit, `${tenant.id} ${what.toLowerCase()}`];
}
