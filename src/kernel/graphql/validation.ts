import type { z } from "zod";
import { BadUserInput } from "#kernel/errors";

const rules = new WeakMap<object, z.ZodType>();

/**
 * Binds an input class to the zod schema that judges it. GraphQL has checked the shape; zod checks
 * the meaning, reports every issue, and what it parsed (ids in one spelling, trimmed text) is what
 * the resolver gets.
 */
export function ValidatedBy(schema: z.ZodType) {
  return (inputClass: object): void => {
    rules.set(inputClass, schema);
  };
}

/** Called by TypeGraphQL for every argument of a resolver. */
export function validateArgument(value: unknown, type: unknown): void {
  const schema = typeof type === "function" ? rules.get(type) : undefined;
  if (!schema || value === null || typeof value !== "object") return;
  const { data, error } = schema.safeParse(value);
  if (error) throw BadUserInput.from(error);
  Object.assign(value, data);
}
