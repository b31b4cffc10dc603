import { z } from "zod";
import { distinctBy } from "#kernel/fields";

/** Types of events that an endpoint wants: one, those of a kind (`product.*`), or all (`*`). */
export const Patterns = z
  .array(
    z
      .string()
      .max(100)
      .regex(/^(\*|[a-z-]+\.(\*|[a-z-]+))$/, "must be like product.published, product.* or *"),
  )
  .min(1)
  .max(100)
  .superRefine(distinctBy((pattern) => pattern, "pattern"));

/** Those of the types that the pattern is about. */
export function typesOf(pattern: string, types: string[]): string[] {
  if (pattern === "*") return types;
  return pattern.endsWith(".*")
    ? types.filter((type) => type.startsWith(pattern.slice(0, -1)))
    : types.filter((type) => type === pattern);
}

/** The types that an endpoint with these patterns is told of. */
export const wantedBy = (patterns: string[], types: string[]): string[] => [
  ...new Set(patterns.flatMap((pattern) => typesOf(pattern, types))),
];
