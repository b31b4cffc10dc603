import { createHash } from "node:crypto";
import type { Context } from "koa";

/** How long anybody may go by a document without asking, in seconds. */
const maxAge = 60;

/**
 * Sends the document with its tag; 304 to a reader who has it as it is. It has no date: what a document
 * leaves out when something is withdrawn or renamed, no date of what is still in it would tell.
 */
export function sendDocument(ctx: Context, type: string, text: string): void {
  ctx.set("Cache-Control", `public, max-age=${maxAge}`);
  ctx.vary("X-Tenant-Id, X-Tenant-Slug");
  ctx.status = 200;
  ctx.type = `${type}; charset=utf-8`;
  ctx.body = text;
  ctx.etag = createHash("sha256").update(text).digest("base64url");
  if (ctx.fresh) ctx.status = 304;
}
