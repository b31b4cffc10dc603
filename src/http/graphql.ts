import type { GraphQLError } from "graphql";
import { createHandler, parseRequestParams, type Request } from "graphql-http";
import type { Context } from "koa";
import type { RequestContext } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";
import { readJson } from "./body.ts";
import { shownInGraphQL } from "./errors.ts";
import { rememberedOperations } from "./operations.ts";
import { requestContext } from "./request-context.ts";
import type { Server } from "./server.ts";

/** The handler of POST and GET `/api/graphql`, by the GraphQL over HTTP specification. */
export function graphqlHandler(server: Server): (ctx: Context) => Promise<void> {
  const { schema, log } = server;
  const handle = createHandler<unknown, { request: RequestContext }, Record<string, unknown>>({
    schema,
    ...rememberedOperations(schema),
    context: ({ context }) => ({ ...context.request }),
    parseRequestParams: readParams,
    formatError: (error) => shownInGraphQL(error, log) as GraphQLError,
  });

  return async (ctx) => {
    const request = await requestContext(server, ctx.headers);
    const sent = ctx.method === "POST" ? await readJson(ctx.req) : undefined;
    const [body, init] = await handle({
      method: ctx.method,
      url: ctx.url,
      headers: ctx.headers,
      body: sent as Record<string, unknown>,
      raw: ctx.req,
      context: { request },
    });
    ctx.status = init.status;
    if (init.headers) ctx.set(init.headers);
    ctx.body = body;
  };
}

/** The library's reading of a request, its complaints in our codes. */
async function readParams(request: Request<unknown, { request: RequestContext }>) {
  try {
    return await parseRequestParams(request);
  } catch (error) {
    throw BadUserInput.at([], error instanceof Error ? error.message : "not a GraphQL request");
  }
}
