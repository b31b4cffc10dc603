import {
  type DocumentNode,
  execute,
  type ExecutionArgs,
  getOperationAST,
  type GraphQLError,
  parse,
  specifiedRules,
  validate,
  type ValidationRule,
} from "graphql";
import { createHandler } from "graphql-http";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import type { Context } from "koa";
import { LRUCache } from "lru-cache";
import type { RequestContext } from "#kernel/context";
import { readText } from "./body.ts";
import { shownInGraphQL } from "./errors.ts";
import { limits, maxTokens } from "./graphql-limits.ts";
import { requestContext } from "./request-context.ts";
import type { Server } from "./server.ts";

/** How many distinct operations stay parsed, validated and compiled. */
const rememberedOperations = 1_000;

/** The handler of POST and GET `/api/graphql`, by the GraphQL over HTTP specification. */
export function graphqlHandler(server: Server): (ctx: Context) => Promise<void> {
  const { schema, log } = server;
  const rules: ValidationRule[] = [...specifiedRules, ...limits];
  const documents = new LRUCache<string, DocumentNode>({ max: rememberedOperations });
  const verdicts = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const compiled = new WeakMap<DocumentNode, Map<string, CompiledQuery>>();

  const handle = createHandler<unknown, { request: RequestContext }, Record<string, unknown>>({
    schema,
    context: ({ context }) => ({ ...context.request }),
    formatError: (error) => shownInGraphQL(error, log) as GraphQLError,
    parse: (source) => {
      const text = String(source);
      const known = documents.get(text);
      if (known) return known;
      const document = parse(text, { maxTokens });
      documents.set(text, document);
      return document;
    },
    validate: (against, document) => {
      let verdict = verdicts.get(document);
      if (!verdict) verdicts.set(document, (verdict = validate(against, document, rules)));
      return verdict;
    },
    execute: run,
  });

  /** Queries are the hot path and run compiled; everything else runs by the reference implementation. */
  function run(args: ExecutionArgs) {
    if (getOperationAST(args.document, args.operationName)?.operation !== "query")
      return execute(args);
    const operation = operationOf(args.document, args.operationName ?? "");
    return isCompiledQuery(operation)
      ? operation.query(args.rootValue, args.contextValue, args.variableValues ?? {})
      : operation;
  }

  /** Compiled at its first use; an operation that cannot be compiled answers with the reason. */
  function operationOf(document: DocumentNode, name: string) {
    const byName = compiled.get(document) ?? new Map<string, CompiledQuery>();
    compiled.set(document, byName);
    const known = byName.get(name);
    if (known) return known;
    const operation = compileQuery(schema, document, name || undefined);
    if (isCompiledQuery(operation)) byName.set(name, operation);
    return operation;
  }

  return async (ctx) => {
    const request = await requestContext(server, ctx.headers);
    const [body, init] = await handle({
      method: ctx.method,
      url: ctx.url,
      headers: ctx.headers,
      body: () => readText(ctx.req),
      raw: ctx.req,
      context: { request },
    });
    ctx.status = init.status;
    if (init.headers) ctx.set(init.headers);
    ctx.body = body;
  };
}
