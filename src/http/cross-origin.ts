import cors from "@koa/cors";
import type { Context, Next } from "koa";
import { DomainError } from "#kernel/errors";
import { consistencyHeader } from "./consistency.ts";
import { forwarded } from "./forwarded.ts";
import { requestIdHeader } from "./request-id.ts";

const day = 86_400;

/** What a page may read of an answer beside its body. */
const exposeHeaders = [
  requestIdHeader,
  consistencyHeader,
  "ETag",
  "Idempotent-Replayed",
  "Retry-After",
  "RateLimit-Limit",
  "RateLimit-Remaining",
  "RateLimit-Reset",
];

/** Answers browsers whether a page of another origin may call: those of the list, and no other. */
export const shareWith = (origins: string[]) =>
  cors({
    origin: (ctx) => (origins.includes(ctx.get("Origin")) ? ctx.get("Origin") : ""),
    exposeHeaders,
    maxAge: day,
  });

class CrossSite extends DomainError {
  constructor() {
    super({
      code: "FORBIDDEN",
      status: 403,
      message: "Pages of this origin may not call. CORS_ORIGINS lists those that may.",
    });
  }
}

const safe = ["GET", "HEAD", "OPTIONS"];

/**
 * Refuses what may change something and was sent by a page of somewhere else: forms and the like need no
 * leave from CORS. Browsers say where a request comes from, and pages cannot make them lie; who says
 * nothing is no browser.
 */
export function refuseCrossSite(origins: string[]) {
  return (ctx: Context, next: Next): Promise<void> => {
    if (!safe.includes(ctx.method) && isCrossSite(ctx) && !origins.includes(ctx.get("Origin"))) {
      throw new CrossSite();
    }
    return next();
  };
}

function isCrossSite(ctx: Context): boolean {
  const site = ctx.get("Sec-Fetch-Site");
  if (site) return site !== "same-origin" && site !== "none";
  const origin = ctx.get("Origin");
  return origin !== "" && URL.parse(origin)?.host !== forwarded(ctx).host;
}
