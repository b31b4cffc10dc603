import { LockMode } from "@mikro-orm/postgresql";
import { ApiKey } from "#entities/accounts/api-key";
import { isOfPlatform } from "#kernel/access/permissions";
import { actorIdOf, type RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict, NotFound } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { ApiKeyCreated, ApiKeyRevoked } from "../events.ts";
import { forgetActors } from "../sessions/actors.ts";
import type { CreateApiKey } from "./api-key.input.ts";
import { makeKey } from "./key-state.ts";

const mostKeys = 200;

/**
 * Resolves with the key, which is kept nowhere and shown this once. Throws BAD_USER_INPUT for permissions
 * that the caller does not have or that concern all tenants, CONFLICT when there are too many keys.
 */
export async function create(
  ctx: RequestContext,
  { name, scopes, expiresAt }: CreateApiKey,
): Promise<{ apiKey: ApiKey; key: string }> {
  refuseBeyondOwn(ctx, scopes);
  const { key, prefix, hash } = makeKey();
  const apiKey = await inTransaction(ctx, async (tx) => {
    if ((await tx.em.count(ApiKey, { revokedAt: null })) >= mostKeys) {
      throw new Conflict(`There are ${mostKeys} keys already: revoke what is not used.`);
    }
    const made = tx.em.create(ApiKey, {
      id: newId(),
      tenantId: tx.tenant.id,
      name,
      prefix,
      hash,
      scopes,
      createdBy: actorIdOf(tx.actor),
      createdAt: tx.now,
      expiresAt: expiresAt ?? null,
    });
    record(tx, ApiKeyCreated, { id: made.id, revision: 1 }, { apiKeyId: made.id });
    return made;
  });
  return { apiKey, key };
}

/** From then on it opens nothing; doing it twice changes nothing. Throws NOT_FOUND. */
export async function revoke(ctx: RequestContext, id: string): Promise<ApiKey> {
  const revoked = await inTransaction(ctx, async (tx) => {
    const apiKey = await tx.em.findOne(ApiKey, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!apiKey) throw new NotFound("API key", id);
    if (apiKey.revokedAt) return apiKey;
    apiKey.revokedAt = tx.now;
    record(tx, ApiKeyRevoked, { id, revision: 2 }, { apiKeyId: id });
    return apiKey;
  });
  forgetActors(ctx);
  return revoked;
}

/**
 * Nobody gives away what they do not have; a permission that nobody declares nobody has. A key is a
 * tenant's, and would outlast its maker's time as a super administrator.
 */
function refuseBeyondOwn({ actor }: RequestContext, scopes: string[]): void {
  const held = "permissions" in actor ? actor.permissions : new Set<string>();
  const issues = scopes.flatMap((scope, index) => {
    const path = ["scopes", index];
    if (!held.has(scope)) return [{ path, message: "is no permission of yours" }];
    return isOfPlatform(scope) ? [{ path, message: "is none that a key can hold" }] : [];
  });
  if (issues.length > 0) throw new BadUserInput(issues);
}
