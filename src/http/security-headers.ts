import { randomBytes } from "node:crypto";
import type { Context } from "koa";
import koaHelmet from "koa-helmet";

/** What is answered is data: a browser that is made to show it as a page may do nothing with it. */
export const setSecurityHeaders = koaHelmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  xFrameOptions: { action: "deny" },
  // A shop's domain answers here, and what else its owner has below that is not ours to bind.
  strictTransportSecurity: { includeSubDomains: false },
});

/** What a page of ours may do beyond running its own scripts. */
interface Allowed {
  /** Where background scripts come from. */
  workers?: string;
  fonts?: string;
}

/**
 * Answers a page of ours, whose scripts bear the nonce that `render` is given. Editors set styles from
 * within, so styles are free; everything else comes from here.
 */
export function answerPage(
  ctx: Context,
  render: (nonce: string) => string,
  { workers = "'none'", fonts = "'none'" }: Allowed = {},
): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `font-src ${fonts}`,
    `worker-src ${workers}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  ctx.set("Content-Security-Policy", policy.join("; "));
  ctx.set("Cache-Control", "no-store");
  ctx.type = "html";
  ctx.body = render(nonce);
}

/** The job dashboard's: its scripts are files of ours, and it says itself what its addresses are relative to. */
export const boardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");
