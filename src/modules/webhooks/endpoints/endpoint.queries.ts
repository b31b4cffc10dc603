import { QueryOrder } from "@mikro-orm/postgresql";
import { WebhookEndpoint } from "#entities/webhooks/endpoint";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { NotFound } from "#kernel/errors";
import type { Connection, PageArgs } from "#kernel/graphql/connection";
import { list } from "#modules/storefront";
import { viewEndpoint, type WebhookEndpointView } from "./endpoint.view.ts";

/** The oldest first. */
export function find(
  ctx: RequestContext,
  page: PageArgs,
): Promise<Connection<WebhookEndpointView>> {
  const orderBy = { id: QueryOrder.ASC };
  return list(ctx, WebhookEndpoint, { where: {}, orderBy, page }, viewEndpoint);
}

/** All of the tenant's, the oldest first; there are never many. */
export function all(ctx: RequestContext): Promise<WebhookEndpoint[]> {
  return inTransaction(ctx, ({ em }) =>
    em.find(WebhookEndpoint, {}, { orderBy: { id: QueryOrder.ASC } }),
  );
}

export function findOne(ctx: RequestContext, id: string): Promise<WebhookEndpoint | null> {
  return inTransaction(ctx, ({ em }) => em.findOne(WebhookEndpoint, { id }));
}

/** Throws NOT_FOUND. */
export async function read(ctx: RequestContext, id: string): Promise<WebhookEndpoint> {
  const found = await findOne(ctx, id);
  if (!found) throw new NotFound("webhook endpoint", id);
  return found;
}
