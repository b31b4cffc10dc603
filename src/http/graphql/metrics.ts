import type { DocumentNode, ExecutionResult, GraphQLError } from "graphql";
import { DomainError } from "#kernel/errors";
import { counter } from "#kernel/observability/metrics";
import { rootFields } from "./root-fields.ts";

const operations = counter(
  "graphql_operations",
  "What was asked of Query and Mutation, and how it ended: ok, or the code of the error.",
  ["operation", "code"],
);

/** Counts an operation's fields, which the schema has named: the names that callers give are without end. */
export function countOperation(
  { document, operationName }: { document: DocumentNode; operationName?: string | null },
  { errors }: ExecutionResult,
): void {
  for (const [key, operation] of rootFields(document, operationName)) {
    const error = errors?.find(({ path }) => (path ?? [key])[0] === key);
    operations.inc({ operation, code: error ? codeOf(error) : "ok" });
  }
}

/** Counts what never came to be an operation: not GraphQL, or not of this schema. */
export function countRefused(): void {
  operations.inc({ operation: "none", code: "BAD_USER_INPUT" });
}

/** As it will be shown: what arose while answering and is nobody's known fault is ours. */
export function codeOf({ originalError, extensions }: Partial<GraphQLError>): string {
  if (originalError instanceof DomainError) return originalError.code;
  const code = extensions?.["code"];
  return typeof code === "string" ? code : "INTERNAL";
}
