import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import type { AnyEvent } from "#kernel/events/event";
import { openTurns, type Turns } from "./deliveries/turns.ts";
import { type Range, rangeOf } from "#kernel/outbound/addresses";
import { type Resolve, resolveName } from "#kernel/outbound/resolve";
import { openSender, type Send } from "./outbound/send.ts";

/** What webhooks work with in this process, besides the database. */
export interface WebhooksSetup {
  /** RUSTOK_SECRET. */
  secret: string;
  /** Every type of event that others may be told of. */
  eventTypes: string[];
  /** Whether endpoints may have http:// URLs. */
  allowHttp: boolean;
  /** Where requests may go besides the public internet. */
  allowedRanges: Range[];
  /** How long deliveries, their attempts and receipts are kept. */
  keptDays: number;
  /** The waits after the first failure, the second and so on; after the last one it is over. In milliseconds. */
  delaysMs: readonly number[];
  turns: Turns;
  send: Send;
}

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

/** After 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h. */
export const delaysMs: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour),
];

/** How long a receiver may take to answer. */
const timeoutMs = 20 * second;

const chosen = new WeakMap<Database, WebhooksSetup>();

/** Has the webhooks of a database's tenants work with this from now on. */
export function webhooksWith(
  db: Database,
  options: {
    secret: string;
    events: AnyEvent[];
    allowHttp: boolean;
    /** CIDRs. */
    allowedRanges: string[];
    keptDays: number;
    /** Another schedule, patience and name service than the usual ones. */
    delaysMs?: readonly number[];
    timeoutMs?: number;
    resolve?: Resolve;
  },
): void {
  const { secret, events, allowHttp, keptDays } = options;
  const allowedRanges = options.allowedRanges.map(rangeOf);
  chosen.set(db, {
    secret,
    eventTypes: events.filter(({ internal }) => !internal).map(({ type }) => type),
    allowHttp,
    allowedRanges,
    keptDays,
    delaysMs: options.delaysMs ?? delaysMs,
    turns: openTurns(),
    send: openSender({
      timeoutMs: options.timeoutMs ?? timeoutMs,
      allowedRanges,
      resolve: options.resolve ?? resolveName,
    }),
  });
}

export function setupOf({ db }: Pick<RequestContext, "db">): WebhooksSetup {
  const setup = chosen.get(db);
  if (!setup) throw new Error("Webhooks have nothing to work with: call webhooksWith first.");
  return setup;
}
