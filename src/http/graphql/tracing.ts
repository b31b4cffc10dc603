import { type ExecutionArgs, type ExecutionResult, getOperationAST } from "graphql";
import { traced, tracer } from "#kernel/observability/tracing";
import { codeOf } from "./metrics.ts";
import { rootFields } from "./root-fields.ts";

type Execution = ExecutionResult | Promise<ExecutionResult>;

/** Executes operations as spans, which bear the names that the schema has given to what is asked for. */
export function tracedExecution(
  execute: (args: ExecutionArgs) => Execution,
): (args: ExecutionArgs) => Execution {
  return (args) => {
    if (!tracer()) return execute(args);
    const type = getOperationAST(args.document, args.operationName)?.operation;
    const fields = [...new Set(rootFields(args.document, args.operationName).values())].join(", ");
    const facts = { "graphql.operation.type": type, "rustok.graphql.fields": fields };
    return traced(`${type} ${fields}`.slice(0, 200), { facts }, async (span) => {
      const result = await execute(args);
      if (result.errors?.[0]) span?.fail(codeOf(result.errors[0]));
      return result;
    });
  };
}
