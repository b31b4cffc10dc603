import type { z } from "zod";
import type { Transaction } from "#kernel/database/transaction";
import { newId } from "#kernel/ids";

/** A fact in the past tense. Payloads hold ids and a revision, never entities: listeners re-read the source. */
export interface EventDefinition<Payload = unknown> {
  type: string;
  version: number;
  payload: z.ZodType<Payload>;
  /** Nobody outside is told of it: it only has work done in the background. */
  internal?: true;
}

/** A list of events mixes payloads; each is checked where it is recorded. */
// eslint-disable-next-line typescript/no-explicit-any
export type AnyEvent = EventDefinition<any>;

export function defineEvent<Payload>(
  type: string,
  definition: Omit<EventDefinition<Payload>, "type">,
): EventDefinition<Payload> {
  return { type, ...definition };
}

/**
 * Puts the event on record in `tx`: it is published if and only if the transaction commits.
 * Throws when the payload is not of the event's shape, which is a fault of the program.
 */
export function record<Payload>(
  tx: Transaction,
  event: EventDefinition<Payload>,
  aggregate: { id: string; revision: number },
  payload: Payload,
): void {
  tx.recorded.push({
    id: newId(),
    type: event.type,
    version: event.version,
    aggregateId: aggregate.id,
    revision: aggregate.revision,
    payload: event.payload.parse(payload),
  });
}
