import { WebhookEndpoint } from "#entities/webhooks/endpoint";
import { bury, change, lock } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict } from "#kernel/errors";
import { record } from "#kernel/events/event";
import type { Key } from "#kernel/graphql/key.input";
import { newId } from "#kernel/ids";
import {
  WebhookEndpointCreated,
  WebhookEndpointDeleted,
  WebhookEndpointUpdated,
  WebhookSecretRotated,
} from "../events.ts";
import { newSecret, rotated, sealed } from "../secrets.ts";
import { setupOf } from "../setup.ts";
import type { CreateWebhookEndpoint, UpdateWebhookEndpoint } from "./endpoint.input.ts";
import type { Headers } from "./headers.ts";
import { typesOf } from "./patterns.ts";
import { refuseForbidden } from "./url.ts";

const mostEndpoints = 100;

/** An endpoint, and the secret it signs with, which is shown this once. */
export interface WithSecret {
  endpoint: WebhookEndpoint;
  secret: string;
}

/** Throws BAD_USER_INPUT for a URL or pattern that cannot be, CONFLICT when there are too many. */
export function create(ctx: RequestContext, given: CreateWebhookEndpoint): Promise<WithSecret> {
  const { headers, ...fields } = given;
  check(ctx, given);
  return inTransaction(ctx, async (tx) => {
    if ((await tx.em.count(WebhookEndpoint)) >= mostEndpoints) {
      throw new Conflict(`There are ${mostEndpoints} endpoints already.`);
    }
    const secret = newSecret();
    const endpoint = tx.em.create(WebhookEndpoint, {
      ...fields,
      ...sealedHeaders(tx, headers),
      secret: sealed(tx, secret),
      id: newId(),
      tenantId: tx.tenant.id,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    announce(tx, endpoint, WebhookEndpointCreated);
    return { endpoint, secret };
  });
}

/** Throws NOT_FOUND, CONFLICT for a stale revision, and BAD_USER_INPUT as `create` does. */
export function update(
  ctx: RequestContext,
  { id, revision, headers, ...fields }: UpdateWebhookEndpoint,
): Promise<WebhookEndpoint> {
  check(ctx, fields);
  return inTransaction(ctx, async (tx) => {
    const endpoint = await lock(tx, WebhookEndpoint, id, revision);
    change(tx, endpoint, { ...fields, ...(headers && sealedHeaders(tx, headers)) });
    announce(tx, endpoint, WebhookEndpointUpdated);
    return endpoint;
  });
}

/** Its deliveries go with it. Throws NOT_FOUND, CONFLICT for a stale revision. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const endpoint = await lock(tx, WebhookEndpoint, id, revision);
    await bury(tx, "webhook-endpoint", endpoint);
    announce(tx, endpoint, WebhookEndpointDeleted);
  });
}

/**
 * Gives it another secret; for a day messages are signed with both. The one before that is good no more,
 * so rotating twice replaces a secret that others know. Throws NOT_FOUND, CONFLICT for a stale revision.
 */
export function rotateSecret(ctx: RequestContext, { id, revision }: Key): Promise<WithSecret> {
  return inTransaction(ctx, async (tx) => {
    const endpoint = await lock(tx, WebhookEndpoint, id, revision);
    const secret = newSecret();
    change(tx, endpoint, rotated(tx, endpoint, secret, tx.now));
    announce(tx, endpoint, WebhookSecretRotated);
    return { endpoint, secret };
  });
}

/** Sends it events again from now on; what happened meanwhile can be replayed. Throws NOT_FOUND, CONFLICT for a stale revision. */
export function enable(ctx: RequestContext, { id, revision }: Key): Promise<WebhookEndpoint> {
  return inTransaction(ctx, async (tx) => {
    const endpoint = await lock(tx, WebhookEndpoint, id, revision);
    if (!endpoint.disabledAt) return endpoint;
    change(tx, endpoint, { disabledAt: null, disabledReason: null, failingSince: null });
    announce(tx, endpoint, WebhookEndpointUpdated);
    return endpoint;
  });
}

function check(
  ctx: RequestContext,
  { url, patterns = [] }: Pick<UpdateWebhookEndpoint, "url" | "patterns">,
): void {
  refuseForbidden(ctx, url);
  const { eventTypes } = setupOf(ctx);
  const issues = patterns.flatMap((pattern, index) =>
    typesOf(pattern, eventTypes).length > 0
      ? []
      : [{ path: ["patterns", index], message: `there are no events "${pattern}"` }],
  );
  if (issues.length > 0) throw new BadUserInput(issues);
}

const sealedHeaders = (ctx: RequestContext, headers: Headers) => ({
  headerNames: headers.map(({ name }) => name),
  headerSecrets: headers.length > 0 ? sealed(ctx, JSON.stringify(headers)) : null,
});

function announce(
  tx: Transaction,
  endpoint: WebhookEndpoint,
  event: typeof WebhookEndpointUpdated,
): void {
  const { id: endpointId, revision } = endpoint;
  record(tx, event, endpoint, { endpointId, revision });
}
