import type Router from "@koa/router";
import etag from "@koa/etag";
import type { Context, Middleware } from "koa";
import conditional from "koa-conditional-get";
import { z } from "zod";
import { demand, personOf } from "#kernel/access/access";
import { BadUserInput } from "#kernel/errors";
import { demandModule } from "#kernel/modules/state";
import type { AnyRoute, RouteInput } from "#kernel/rest/routes";
import { demandJson, parseJson, readText } from "./body.ts";
import { sendDocument } from "./document.ts";
import type { Enter } from "./entered.ts";
import { keyedCall, once } from "./idempotency.ts";
import type { Server } from "./server.ts";

/** Mounts what the modules declare: what was sent is parsed by the route's own schemas, or refused whole. */
export function mountRoutes(router: Router, server: Server, enter: Enter): void {
  for (const route of server.registry.routes) {
    const path = `/api${route.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
    router[route.method](path, ...caching(route), answering(route, server, enter));
  }
}

/** Whether a reader may keep the answer, to ask later whether it still holds. */
export const isKept = ({ method, secret }: AnyRoute) => method === "get" && !secret;

/** Answers 304 to who has shown the tag of what they would be sent. */
const caching = (route: AnyRoute): Middleware[] => (isKept(route) ? [conditional(), etag()] : []);

function answering(route: AnyRoute, server: Server, enter: Enter) {
  const facts = { secret: server.secret, permissions: server.registry.permissions };
  const success = route.status ?? (route.reply ? 200 : 204);
  const written = (reply: unknown) => (route.reply ? JSON.stringify(reply) : null);

  return async (ctx: Context): Promise<void> => {
    const request = await enter(ctx);
    demandModule(request.tenant, server.registry.owners.get(route));
    if (route.access === "signed-in") personOf(request);
    else if (route.access !== "public") demand(request.actor, route.access);
    const { input, sent } = await inputOf(ctx, route);
    const call = keyedCall(ctx, route, request, sent, server.secret);
    ctx.set("Cache-Control", isKept(route) ? "private, no-cache" : "no-store");
    const run = (): Promise<unknown> => route.run(request, input, facts);
    if (call) {
      const carryOut = async () => ({ status: success, body: written(await run()) });
      const { status, body } = await once(ctx, request, call, carryOut);
      send(ctx, status, "json", body);
    } else {
      const reply = await run();
      if (!route.media) return send(ctx, success, "json", written(reply));
      if (typeof reply === "string") return sendDocument(ctx, route.media, reply);
      send(ctx, success, route.media, reply);
    }
  };
}

/** @param body A text, a stream, or null for none. */
function send(ctx: Context, status: number, type: string, body: unknown): void {
  if (body !== null) ctx.type = type;
  // An explicit null, and the status after it: left to itself, Koa would send the status in words.
  ctx.body = body;
  ctx.status = status;
}

type Input = RouteInput<unknown, unknown, unknown>;

/** What was sent, and what the route reads of it. A route that takes no body leaves it unread. */
async function inputOf(ctx: Context, route: AnyRoute): Promise<{ input: Input; sent: string }> {
  refusePrecondition(ctx, route);
  const sent = route.body ? await readText(ctx.req) : "";
  if (sent !== "") demandJson(ctx.req);
  const given = {
    params: ctx["params"] as unknown,
    query: { ...ctx.query },
    headers: ctx.headers as Record<string, string>,
    body: route.body && parseJson(sent),
  };
  return { input: { ...parsed(route, given), sent }, sent };
}

/** To pass over a condition would be to break it: what a change is based on is said in its body, as in GraphQL. */
function refusePrecondition(ctx: Context, { method }: AnyRoute): void {
  const given = ["If-Match", "If-Unmodified-Since"].filter((header) => ctx.get(header) !== "");
  if (method === "get" || given.length === 0) return;
  const message = "is not taken: send the revision that the change is based on in the body";
  throw new BadUserInput(given.map((header) => ({ path: [header], message })));
}

/** Throws BAD_USER_INPUT with every fault of every part at once. */
function parsed(route: AnyRoute, given: Omit<Input, "sent">): Omit<Input, "sent"> {
  const parts = ["params", "query", "headers", "body"] as const;
  const results = parts.map((part) => [part, route[part]?.safeParse(given[part])] as const);
  const issues = results.flatMap(([, result]) => result?.error?.issues ?? []);
  if (issues.length > 0) throw BadUserInput.from(new z.ZodError(issues));
  return Object.fromEntries(results.map(([part, result]) => [part, result?.data])) as never;
}
