import type { z } from "zod";
import type { Transaction } from "#kernel/database/transaction";

/** Something that another service tells a module, signed as Standard Webhooks has it. */
export interface HookDefinition<Payload> {
  /** In its address, `/api/v1/hooks/stock-levels`; lower case with hyphens. */
  source: string;
  /** For whoever sets the sender up. */
  description: string;
  payload: z.ZodType<Payload>;
  /**
   * Does what the message asks for, in the transaction in which it is taken in: a message that comes
   * again is not handed over again, and one that throws may come again. A {@link DomainError} is
   * answered as it is.
   */
  run(tx: Transaction, payload: Payload): Promise<unknown>;
}

// A list of hooks mixes payloads; each message is parsed by its own hook before it runs.
// eslint-disable-next-line typescript/no-explicit-any
export type AnyHook = HookDefinition<any>;

export function defineHook<Payload>(hook: HookDefinition<Payload>): HookDefinition<Payload> {
  return hook;
}
