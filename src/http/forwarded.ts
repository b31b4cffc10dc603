import type { IncomingMessage } from "node:http";
import type { Context, Next } from "koa";
import proxyAddr from "proxy-addr";
import { type Forwarded, stateOf } from "./state.ts";

/** What {@link recogniseProxies} has found out about the request. */
export const forwarded = (ctx: Context): Forwarded => stateOf(ctx).forwarded;

/**
 * Believes `X-Forwarded-For`, `-Proto` and `-Host` only where the connection comes from one of the trusted
 * proxies. Of a list of hosts or protocols the last counts: it is what the nearest proxy has seen itself,
 * while those before it may be the client's own words.
 */
export function recogniseProxies(trusted: string[]) {
  const trust = trusted.length > 0 ? proxyAddr.compile(trusted) : undefined;
  return (ctx: Context, next: Next): Promise<void> => {
    const { req } = ctx;
    const peer = req.socket.remoteAddress ?? "";
    stateOf(ctx).forwarded = trust?.(peer, 0)
      ? {
          address: proxyAddr(req, trust),
          host: lastOf(req, "x-forwarded-host") ?? req.headers.host ?? "",
          protocol: lastOf(req, "x-forwarded-proto") === "https" ? "https" : "http",
        }
      : { address: peer, host: req.headers.host ?? "", protocol: "http" };
    return next();
  };
}

function lastOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value.split(",").at(-1)?.trim() : undefined;
}
