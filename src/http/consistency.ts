import type { IncomingHttpHeaders } from "node:http";
import { catchUp } from "#kernel/consistency/catch-up";
import { issueConsistencyToken, readConsistencyToken } from "#kernel/consistency/token";
import type { RequestContext } from "#kernel/context";
import { isEnabled } from "#kernel/modules/state";
import type { Server } from "./server.ts";

/** The header that a mutation's answer carries, and that a read sends back which is to see the change. */
export const consistencyHeader = "X-Consistency-Token";

/** The token for a request that may have changed something. */
export const tokenFor = ({ tenant, requestId }: RequestContext, { secret }: Server) =>
  issueConsistencyToken({ tenantId: tenant.id, requestId }, secret);

/** The request that a token in the headers is for. Throws BAD_USER_INPUT for a token that is not good here. */
export async function changedBy(
  { tenant }: RequestContext,
  headers: IncomingHttpHeaders,
  { secret }: Server,
): Promise<string | undefined> {
  const token = headers[consistencyHeader.toLowerCase()];
  return typeof token === "string" ? readConsistencyToken(token, tenant.id, secret) : undefined;
}

/** The context of a read, once what it is to show can be read. */
export async function showing(
  request: RequestContext,
  changed: string,
  { registry }: Server,
): Promise<RequestContext> {
  const { listeners, owners } = registry;
  const listening = listeners.filter((one) => isEnabled(request.tenant, owners.get(one)));
  const mustShow = await catchUp(request, changed, listening);
  return { ...request, ...(mustShow && { mustShow }) };
}
