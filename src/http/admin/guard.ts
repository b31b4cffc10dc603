import type { Context } from "koa";
import { holds } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { DomainError, Forbidden, Unauthenticated } from "#kernel/errors";
import { forwarded } from "../forwarded.ts";
import type { Server } from "../server.ts";
import { visitorOf } from "./admin-session.ts";
import { answerHtml, html } from "./page.ts";

/** What one needs to see anything below /admin; no role of a tenant holds it. */
const permission = "platform:jobs";

/** Does the work for an administrator of the platform; sends others to sign in, or away. */
export function forAdministrators(
  server: Server,
  work: (ctx: Context, visitor: RequestContext) => Promise<void> | void,
) {
  return async (ctx: Context): Promise<void> => {
    demandSameOrigin(ctx);
    const visitor = await visitorOf(server, ctx);
    if (!visitor) {
      if (!wantsPage(ctx)) throw new Unauthenticated();
      ctx.status = 303;
      return ctx.redirect(`/admin/sign-in?to=${encodeURIComponent(ctx.path)}`);
    }
    if (holds(visitor.actor, permission)) return work(ctx, visitor);
    if (!wantsPage(ctx)) throw new Forbidden(permission);
    answerHtml(
      ctx,
      { title: "Not for this account", status: 403, signedIn: true },
      html`<p>
        You are signed in, but these pages are for those who run the installation: they need the
        permission <code>${permission}</code>, which <code>rustok platform:grant</code> gives.
      </p>`,
    );
  };
}

/** A page that somebody has opened, and not something that a page of ours asks for by itself. */
const wantsPage = (ctx: Context) =>
  ctx.method === "GET" &&
  !ctx.path.startsWith("/admin/jobs/api/") &&
  ctx.accepts("html") === "html";

class OtherOrigin extends DomainError {
  constructor() {
    const message = "Only pages of this very origin may do that.";
    super({ code: "FORBIDDEN", status: 403, message });
  }
}

/**
 * Refuses what would change something and does not come from a page of ours: stricter than of the API,
 * as it is a cookie that says who asks. Every browser tells where such a request comes from.
 */
export function demandSameOrigin(ctx: Context): void {
  if (ctx.method === "GET" || ctx.method === "HEAD") return;
  const site = ctx.get("Sec-Fetch-Site");
  const origin = ctx.get("Origin");
  const fromUs = origin === "" ? site !== "" : URL.parse(origin)?.host === forwarded(ctx).host;
  if (!fromUs || (site !== "" && site !== "same-origin")) throw new OtherOrigin();
}
