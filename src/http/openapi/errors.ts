import { z } from "zod";
import type { ErrorCode } from "#kernel/errors";

/** Which codes a status may come with. */
const codes: Record<number, [description: string, ...ErrorCode[]]> = {
  400: ["What was sent has faults; all of them are listed.", "BAD_USER_INPUT"],
  401: ["Who asks is not known.", "UNAUTHENTICATED"],
  403: ["Not allowed to who asks.", "FORBIDDEN", "MODULE_DISABLED"],
  404: ["There is no such thing, or no such tenant.", "NOT_FOUND"],
  405: ["The address does not take that method.", "BAD_USER_INPUT"],
  409: ["Something else stands in the way.", "CONFLICT"],
  413: ["The body is too large.", "PAYLOAD_TOO_LARGE"],
  415: ["The body is no JSON by its type.", "BAD_USER_INPUT"],
  422: ["The Idempotency-Key was used for another call.", "BAD_USER_INPUT"],
  429: ["Too many requests.", "RATE_LIMITED"],
  500: ["Something went wrong on our side.", "INTERNAL"],
  501: ["The operator does not offer it.", "NOT_CONFIGURED"],
  502: ["What the operator has set up for it does not work.", "NOT_CONFIGURED"],
};

/** The statuses that an error code of a route may come with. */
export const statusesOf = (code: ErrorCode): number[] =>
  Object.keys(codes)
    .map(Number)
    .filter((status) => codes[status]?.slice(1).includes(code));

const errorBody = (...allowed: ErrorCode[]) =>
  z.object({
    error: z.object({
      code: z.enum(allowed),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).meta({ description: "For a program." }),
    }),
  });

/** The bodies are components, made once: one of their names may stand for one schema only. */
const bodies = new Map(
  Object.entries(codes).map(([status, [, ...allowed]]) => [
    Number(status),
    errorBody(...allowed).meta({ id: `Error${status}` }),
  ]),
);

const waiting = { "Retry-After": z.string().meta({ description: "Seconds." }) };

/** The responses of an operation that may refuse with these statuses. */
export function errorResponses(statuses: Iterable<number>) {
  return Object.fromEntries(
    [...new Set(statuses)]
      .toSorted((a, b) => a - b)
      .map((status) => [
        String(status),
        {
          description: codes[status]?.[0] ?? "",
          ...(status === 429 && { headers: z.object(waiting) }),
          content: { "application/json": { schema: bodies.get(status) ?? z.never() } },
        },
      ]),
  );
}

/** All of them, also those that no operation answers: where there is none, and by the wrong method. */
export const errorSchemas = Object.fromEntries(
  [...bodies].map(([status, body]) => [`Error${status}`, body]),
);
