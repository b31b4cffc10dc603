import type { z } from "zod";
import type { Tenant } from "#kernel/context";
import type { Transaction } from "#kernel/database/transaction";
import { BadUserInput } from "#kernel/errors";
import type { RecordType } from "./names.ts";

/** What is to be done for one record, its input checked already. */
export interface Plan {
  /** Returns the id of the new entity. */
  create(tx: Transaction): Promise<string>;
  update(tx: Transaction, id: string): Promise<void>;
}

/** The id of the entity that stands for a record. Throws BAD_USER_INPUT for one that could not be imported. */
export type IdOf = (type: RecordType, key: string) => string;

/** What a plan is made for. */
export interface Site {
  tenant: Tenant;
  idOf: IdOf;
}

/** The input as a service takes it. Throws BAD_USER_INPUT with everything that is wrong with it. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  input: z.input<Schema>,
): z.output<Schema> {
  const { success, data, error } = schema.safeParse(input);
  if (!success) throw BadUserInput.from(error);
  return data;
}
