import { getOperationAST, type GraphQLError, OperationTypeNode } from "graphql";
import { createHandler, parseRequestParams, type Request } from "graphql-http";
import type { Context } from "koa";
import type { RequestContext } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";
import { readJson } from "../body.ts";
import { changedBy, consistencyHeader, showing, tokenFor } from "../consistency.ts";
import { shownInGraphQL } from "../errors.ts";
import { countOperation, countRefused } from "./metrics.ts";
import { tracedExecution } from "./tracing.ts";
import { rememberedOperations } from "./operations.ts";
import type { Enter } from "../entered.ts";
import { refuseSimple } from "./preflight.ts";
import type { Server } from "../server.ts";

/** What the handler knows of a request, and what it finds out while answering. */
interface Sent {
  request: RequestContext;
  /** The request whose changes the answer is to show. */
  changedBy: string | undefined;
  counted?: true;
  /** Of a query that was to show changes: whether it does. */
  consistent?: boolean;
  /** Of a mutation. */
  token?: string;
}

/** The handler of POST and GET `/api/graphql`, by the GraphQL over HTTP specification. */
export function graphqlHandler(server: Server, enter: Enter): (ctx: Context) => Promise<void> {
  const { schema, log } = server;
  const operations = rememberedOperations(schema, server.introspection);
  const handle = createHandler<unknown, Sent, Record<string, unknown>>({
    schema,
    ...operations,
    execute: tracedExecution(operations.execute),
    context: async ({ context }, { query, operationName }) => {
      const { request } = context;
      if (!context.changedBy) return { ...request };
      const operation = getOperationAST(operations.parse(query), operationName)?.operation;
      if (operation !== OperationTypeNode.QUERY) return { ...request };
      const shown = await showing(request, context.changedBy, server);
      context.consistent = Boolean(shown.mustShow);
      return { ...shown };
    },
    onOperation: async ({ context }, args, result) => {
      countOperation(args, result);
      context.counted = true;
      const { consistent } = context;
      if (consistent !== undefined) return { ...result, extensions: { consistent } };
      const operation = getOperationAST(args.document, args.operationName)?.operation;
      if (operation !== OperationTypeNode.MUTATION) return undefined;
      context.token = await tokenFor(context.request, server);
      return { ...result, extensions: { consistencyToken: context.token } };
    },
    parseRequestParams: readParams,
    formatError: (error) => shownInGraphQL(error, log) as GraphQLError,
  });

  return async (ctx) => {
    refuseSimple(ctx);
    const request = await enter(ctx);
    const context: Sent = { request, changedBy: await changedBy(request, ctx.headers, server) };
    const sent = ctx.method === "POST" ? await readJson(ctx.req) : undefined;
    if (Array.isArray(sent)) throw BadUserInput.at([], "one operation a request: no batches");
    const [body, init] = await handle({
      method: ctx.method,
      url: ctx.url,
      headers: ctx.headers,
      body: sent as Record<string, unknown>,
      raw: ctx.req,
      context,
    });
    if (!context.counted) countRefused();
    if (context.token) ctx.set(consistencyHeader, context.token);
    ctx.status = init.status;
    ctx.set("Cache-Control", "no-store");
    if (init.headers) ctx.set(init.headers);
    ctx.body = body;
  };
}

/** The library's reading of a request, its complaints in our codes. */
async function readParams(request: Request<unknown, Sent>) {
  try {
    return await parseRequestParams(request);
  } catch (error) {
    throw BadUserInput.at([], error instanceof Error ? error.message : "not a GraphQL request");
  }
}
