import type { Context } from "koa";
import type { Tenant } from "#kernel/context";
import { BadUserInput, DomainError, Unauthenticated } from "#kernel/errors";
import { isSlug } from "#kernel/tenancy/names";
import { readText } from "../body.ts";
import { forwarded } from "../forwarded.ts";
import type { Server } from "../server.ts";
import { stateOf } from "../state.ts";
import { tenantOf } from "../tenant-of-request.ts";
import { forget, remember, visitorOf } from "./admin-session.ts";
import { demandSameOrigin } from "./guard.ts";
import { answerHtml, html } from "./page.ts";

interface Filled {
  tenant: string;
  email: string;
  /** Where to go from here. */
  to: string;
}

/** GET: the page to sign in on, made out to the tenant whose host it was opened at. */
export async function showSignIn(server: Server, ctx: Context): Promise<void> {
  const here = await tenantOf(server, {}, forwarded(ctx).host).catch(() => undefined);
  answerForm(ctx, { tenant: here?.slug ?? "", email: "", to: ownPage(ctx.query["to"]) });
}

/** POST: signs in as the API does, throttled likewise; the session is in the list of one's sessions. */
export async function signIn(server: Server, ctx: Context): Promise<void> {
  demandSameOrigin(ctx);
  const form = await readForm(ctx);
  const field = (name: string, longest: number) => (form.get(name) ?? "").slice(0, longest);
  const filled: Filled = {
    tenant: field("tenant", 253).trim(),
    email: field("email", 254).trim(),
    to: ownPage(form.get("to")),
  };
  try {
    const { requestId, forwarded: origin } = stateOf(ctx);
    const { db, log } = server;
    const { accessToken } = await server.admin.signIn(
      {
        tenant: await tenantNamed(server, filled.tenant),
        actor: { kind: "anonymous" },
        requestId,
        origin: { address: origin.address, userAgent: ctx.headers["user-agent"] },
        db,
        log,
      },
      {
        email: filled.email,
        password: field("password", 1_000),
        code: field("code", 40).trim() || undefined,
      },
    );
    remember(ctx, server, await server.tokens.verify(accessToken));
    ctx.status = 303;
    ctx.redirect(filled.to);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "RATE_LIMITED") ctx.set("Retry-After", String(error.details["retryAfter"]));
    answerForm(ctx, filled, error);
  }
}

/** GET: asks, as a link may be followed by a browser that only looks ahead. */
export function showSignOut(ctx: Context): void {
  answerHtml(
    ctx,
    { title: "Sign out", signedIn: true },
    html`<form method="post" action="/admin/sign-out"><button>Sign out</button></form>`,
  );
}

/** POST: ends the session, here and in the list of one's sessions. */
export async function signOut(server: Server, ctx: Context): Promise<void> {
  demandSameOrigin(ctx);
  const visitor = await visitorOf(server, ctx);
  if (visitor) await server.admin.signOut(visitor);
  forget(ctx, server);
  ctx.status = 303;
  ctx.redirect("/admin/sign-in");
}

/** Which tenants there are is not to be learnt here: to an unknown one nobody has the password. */
async function tenantNamed({ tenants }: Server, slug: string): Promise<Tenant> {
  const tenant = isSlug(slug) ? await tenants.find({ slug }) : null;
  if (tenant?.status === "active") return tenant;
  throw new Unauthenticated("The e-mail address or the password is wrong.");
}

async function readForm(ctx: Context): Promise<URLSearchParams> {
  if (ctx.is("application/x-www-form-urlencoded"))
    return new URLSearchParams(await readText(ctx.req));
  throw BadUserInput.at([], "the body is not a form");
}

/** A page of ours, whatever the address says. */
function ownPage(to: unknown): string {
  const path = typeof to === "string" ? URL.parse(to, "http://here")?.pathname : undefined;
  return path?.startsWith("/admin/") && !path.startsWith("/admin/sign-") ? path : "/admin/jobs";
}

function answerForm(ctx: Context, { tenant, email, to }: Filled, problem?: DomainError): void {
  answerHtml(
    ctx,
    { title: "Sign in", status: problem?.status ?? 200, signedIn: false },
    html`<form class="card" method="post" action="/admin/sign-in">
      ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
      <input type="hidden" name="to" value="${to}" />
      <label
        >Tenant <input name="tenant" value="${tenant}" required autocomplete="organization"
      /></label>
      <label>
        E-mail address
        <input name="email" type="email" value="${email}" required autocomplete="username" />
      </label>
      <label>
        Password
        <input name="password" type="password" required autocomplete="current-password" />
      </label>
      <label>
        Code <small>of the second factor, if you have one, or a recovery code</small>
        <input name="code" autocomplete="one-time-code" />
      </label>
      <button>Sign in</button>
    </form>`,
  );
}
