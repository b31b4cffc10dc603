import { z } from "zod";
import type { AnyRoute } from "#kernel/rest/routes";
import { routes as attacks, type Sent } from "./attacks.ts";
import { tellTalesOf, withoutEcho } from "./sweep.ts";
import type { Twin } from "./twin-shop.ts";
import { type Finding, request, type World } from "./world.ts";

const nameOf = ({ method, path }: AnyRoute) => `${method} ${path}`;

/** Tries every REST route as everybody of one shop with the ids of another, and with the other's token. */
export async function raidRoutes(world: World, from: Twin, by: Twin): Promise<Finding[]> {
  const findings: Finding[] = [];
  const shows = await tellTalesOf(world, from);
  for (const route of world.registry.routes.toSorted(deletionsLast)) {
    const where = `route ${nameOf(route)}`;
    const attacked = attacks[nameOf(route)]?.(from);
    if (!attacked && takesIds(route)) {
      findings.push({ where, what: "is not in attacks.ts: say there how it is attacked" });
      continue;
    }
    for (const sent of attacked ?? [{}]) {
      for (const token of [undefined, ...Object.values(by.tokens)]) {
        const answer = await send(world, route, sent, by, token);
        // What is not set up here, such as mail, is said before anything is done.
        if (answer.status >= 500 && answer.status !== 501)
          findings.push({ where, what: `fails with ${answer.status}` });
        if (shows(withoutEcho(answer.body, from)))
          findings.push({ where, what: "shows another tenant's things" });
        if (attacked && route.method !== "get" && answer.status < 400) {
          findings.push({ where, what: "takes another tenant's ids" });
        }
      }
      if (attacked) findings.push(...(await atHome(world, route, sent, from)));
    }
    const foreign = await send(world, route, attacked?.[0] ?? {}, by, from.token);
    if (foreign.status !== 401) {
      findings.push({ where, what: `answers another tenant's token with ${foreign.status}` });
    }
  }
  return findings;
}

/** What is gone could not be tried again. */
const deletionsLast = (one: AnyRoute, other: AnyRoute) =>
  Number(one.method === "delete") - Number(other.method === "delete");

/** The control: with what is refused to others, the shop's own administrator gets somewhere. */
async function atHome(world: World, route: AnyRoute, sent: Sent, shop: Twin): Promise<Finding[]> {
  // No tenant's administrator may do what only super administrators do.
  if (route.access.startsWith("platform:")) return [];
  const { status } = await send(world, route, sent, shop, shop.token);
  const where = `route ${nameOf(route)}`;
  const what = `answers its own administrator with ${status}: nothing is proved`;
  return status < 400 || status === 409 ? [] : [{ where, what }];
}

async function send(
  world: World,
  { method, path, body }: AnyRoute,
  sent: Sent,
  { editor: { tenant } }: Twin,
  token?: string,
): Promise<{ status: number; body: string }> {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(sent.params?.[name] ?? "none"),
  );
  const query = new URLSearchParams(sent.query).toString();
  const response = await request(world, {
    tenant,
    token,
    method: method.toUpperCase(),
    path: `/api${filled}${query && `?${query}`}`,
    ...(body && { body: sent.body ?? {} }),
  });
  return { status: response.status, body: await response.text() };
}

/** Whether anything it takes is called an id. */
function takesIds({ params, query, body }: AnyRoute): boolean {
  return [params, query, body].some((schema) => {
    if (!schema) return false;
    const shape = z.toJSONSchema(schema as z.ZodType, { io: "input", unrepresentable: "any" });
    return /"(id|ids|\w+Ids?)":/.test(JSON.stringify(shape));
  });
}
