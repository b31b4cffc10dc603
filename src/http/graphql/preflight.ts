import type { Context } from "koa";
import { DomainError } from "#kernel/errors";

/** Headers that a page of another origin may not send before the browser has asked us for leave. */
const askedFor = [
  "x-tenant-id",
  "x-tenant-slug",
  "graphql-require-preflight",
  "apollo-require-preflight",
];

/**
 * Refuses what a page of any origin could have a browser send unasked: a form, a link, an image. Throws
 * BAD_USER_INPUT with the status 415.
 */
export function refuseSimple(ctx: Context): void {
  if (ctx.method !== "GET" && ctx.method !== "POST") return;
  if (/^application\/json\b/i.test(ctx.get("Content-Type"))) return;
  if (ctx.method === "GET" && askedFor.some((header) => ctx.get(header) !== "")) return;
  throw new DomainError({
    code: "BAD_USER_INPUT",
    status: 415,
    message:
      ctx.method === "GET"
        ? "A query by GET needs the header GraphQL-Require-Preflight, X-Tenant-Id or X-Tenant-Slug."
        : "The Content-Type must be application/json.",
  });
}
