import type { Context } from "koa";
import { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { Unauthenticated } from "#kernel/errors";
import { Id } from "#kernel/ids";
import { seal, unseal } from "#kernel/security/sealed";
import type { Claims } from "#kernel/security/tokens";
import type { Server } from "../server.ts";
import { stateOf } from "../state.ts";

const name = "rustok-admin";
const sealedFor = "sessions of /admin";
/** However busy somebody is, they sign in once a day. */
const longestSeconds = 12 * 3600;

const Kept = z.object({ sub: Id, tenant: Id, sid: Id, until: z.int() });

/** Has the browser come back as who has just signed in: with pages below /admin alone, and only from one of ours. */
export function remember(ctx: Context, { secret, production }: Server, claims: Claims): void {
  const { sub, tenant, sid } = claims;
  const until = Date.now() + longestSeconds * 1_000;
  const sealed = seal(secret, sealedFor, JSON.stringify({ sub, tenant, sid, until }));
  setCookie(ctx, production, sealed, longestSeconds);
}

export function forget(ctx: Context, { production }: Server): void {
  setCookie(ctx, production, "", 0);
}

// By hand: Koa refuses secure ones where a proxy has ended TLS for us.
function setCookie(ctx: Context, production: boolean, value: string, maxAge: number): void {
  const rules = `Path=/admin; Max-Age=${maxAge}; HttpOnly; SameSite=Strict`;
  ctx.append("Set-Cookie", `${name}=${value}; ${rules}${production ? "; Secure" : ""}`);
}

/**
 * Who the browser has signed in as, in the tenant they are at home in. Null for nobody, and once their
 * session has ended, their tenant is suspended or twelve hours are over.
 */
export async function visitorOf(server: Server, ctx: Context): Promise<RequestContext | null> {
  const kept = readCookie(server, ctx);
  const tenant = kept && (await server.tenants.find({ id: kept.tenant }));
  if (!kept || tenant?.status !== "active") return null;
  const { requestId, forwarded } = stateOf(ctx);
  const { db, log, registry } = server;
  try {
    // The same judgement as of any request: of the session, the role and the platform's administrators.
    const actor = await server.findActor(tenant, await server.tokens.issue(kept));
    Object.assign(stateOf(ctx), { tenant, actor });
    const origin = { address: forwarded.address, userAgent: ctx.headers["user-agent"] };
    return { tenant, actor, requestId, origin, db, log, modules: registry.modules };
  } catch (error) {
    if (error instanceof Unauthenticated) return null;
    throw error;
  }
}

function readCookie({ secret }: Server, ctx: Context): Claims | null {
  const opened = unseal(secret, sealedFor, ctx.cookies.get(name) ?? "");
  const kept = opened === undefined ? null : Kept.parse(JSON.parse(opened));
  return kept && kept.until > Date.now() ? kept : null;
}
