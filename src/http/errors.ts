import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Context, Next } from "koa";
import type { Logger } from "pino";
import { DomainError, NotFound } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { stateOf } from "./state.ts";

/** What a caller may know of an error. Anything unforeseen is INTERNAL, with a number to find it in the log by. */
export interface ShownError {
  status: number;
  code: string;
  message: string;
  details: Record<string, unknown>;
}

export function shown(error: unknown, log: Logger, requestId?: string): ShownError {
  if (error instanceof DomainError) {
    const { status, code, message, details } = error;
    return { status, code, message, details };
  }
  const incident = newId();
  log.error({ err: error, incident, requestId }, "unexpected error");
  return {
    status: 500,
    code: "INTERNAL",
    message: "Something went wrong on our side.",
    details: { incident },
  };
}

/** The same errors as GraphQL answers them. Those that GraphQL itself found are the caller's to mend. */
export function shownInGraphQL(error: unknown, log: Logger): GraphQLFormattedError {
  if (!(error instanceof GraphQLError)) return { ...asExtensions(shown(error, log)) };
  const { originalError, locations, path } = error;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  // What has a place in the answer arose while answering: null where the schema promises a value.
  if (!originalError && path) return { ...asExtensions(shown(error, log)), ...place };
  if (!originalError || originalError instanceof GraphQLError) {
    return {
      message: error.message,
      ...place,
      extensions: { code: "BAD_USER_INPUT", ...error.extensions },
    };
  }
  return { ...asExtensions(shown(originalError, log)), ...place };
}

const asExtensions = ({ code, message, details }: ShownError) => ({
  message,
  extensions: { code, ...details },
});

/** The one error body: `{ error: { code, message, details } }`, or GraphQL's own below its endpoint. */
export function answerErrors(log: Logger) {
  return async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new NotFound("page", ctx.path);
    } catch (error) {
      const { status, ...body } = shown(error, log, stateOf(ctx).requestId);
      ctx.status = status;
      if (body.code === "RATE_LIMITED") ctx.set("Retry-After", String(body.details["retryAfter"]));
      ctx.body =
        ctx.path === "/api/graphql"
          ? { errors: [asExtensions({ status, ...body })] }
          : { error: body };
    }
  };
}
