import { createHash } from "node:crypto";
import type { Context } from "koa";
import type { TextDocument } from "#kernel/routes";

/** How long anybody may go by a document without asking, in seconds. */
const maxAge = 60;

/** Sends the document with what it can be asked for again by; 304 to a reader who has it as it is. */
export function sendDocument(
  ctx: Context,
  type: string,
  { text, lastModified }: TextDocument,
): void {
  ctx.set("Cache-Control", `public, max-age=${maxAge}`);
  ctx.vary("X-Tenant-Id, X-Tenant-Slug");
  ctx.status = 200;
  ctx.type = `${type}; charset=utf-8`;
  ctx.body = text;
  ctx.lastModified = lastModified;
  ctx.etag = createHash("sha256").update(text).digest("base64url");
  if (ctx.fresh) ctx.status = 304;
}
