import type { Context } from "koa";
import type { Actor, Tenant } from "#kernel/context";

/** Where a request came from and what it was sent to, as the client meant it. */
export interface Forwarded {
  /** The client's, as far as proxies can be trusted to tell; empty when the connection is already gone. */
  address: string;
  /** With its port, if one was given: `shop.example:8443`. */
  host: string;
  protocol: "http" | "https";
}

/** What is found out about a request on its way through the middleware. */
export interface RequestState {
  requestId: string;
  forwarded: Forwarded;
  /** Once they are known. */
  tenant?: Tenant;
  actor?: Actor;
}

export const stateOf = (ctx: Context) => ctx.state as RequestState;
