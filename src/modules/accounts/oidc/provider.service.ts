import { QueryOrder } from "@mikro-orm/postgresql";
import { OidcProvider } from "#entities/accounts/oidc-provider";
import { bury, change, lock } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput } from "#kernel/errors";
import { record } from "#kernel/events/event";
import type { Key } from "#kernel/graphql/key.input";
import { newId } from "#kernel/ids";
import { seal } from "#kernel/security/sealed";
import { OidcProviderCreated, OidcProviderDeleted, OidcProviderUpdated } from "../events.ts";
import { refuseUngrantable } from "#modules/access";
import { setupOf } from "../setup.ts";
import type { CreateOidcProvider, UpdateOidcProvider } from "./provider.input.ts";

/** What client secrets are sealed for. */
export const sealedFor = "client secrets";

/** All of the tenant's, by name. */
export function all(ctx: RequestContext): Promise<OidcProvider[]> {
  return inTransaction(ctx, ({ em }) =>
    em.find(OidcProvider, {}, { orderBy: { name: QueryOrder.ASC, id: QueryOrder.ASC } }),
  );
}

/** Throws CONFLICT for a taken handle, FORBIDDEN for a role that may do what the caller may not. */
export function create(ctx: RequestContext, given: CreateOidcProvider): Promise<OidcProvider> {
  return inTransaction(ctx, async (tx) => {
    await check(tx, given);
    const provider = tx.em.create(OidcProvider, {
      ...given,
      clientSecret: sealed(tx, given.clientSecret) ?? null,
      role: given.role ?? null,
      id: newId(),
      tenantId: tx.tenant.id,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    announce(tx, provider, OidcProviderCreated);
    return provider;
  });
}

/** With another issuer, nobody is linked any more. Throws NOT_FOUND, CONFLICT for a stale revision, and as `create` does. */
export function update(
  ctx: RequestContext,
  { id, revision, ...given }: UpdateOidcProvider,
): Promise<OidcProvider> {
  return inTransaction(ctx, async (tx) => {
    await check(tx, given);
    const provider = await lock(tx, OidcProvider, id, revision);
    if (given.issuer && given.issuer !== provider.issuer) await forgetPeople(tx, provider);
    change(tx, provider, { ...given, clientSecret: sealed(tx, given.clientSecret) });
    announce(tx, provider, OidcProviderUpdated);
    return provider;
  });
}

/** A subject means somebody at one issuer alone: at another, who has the same is somebody else. */
async function forgetPeople(tx: Transaction, { id }: OidcProvider): Promise<void> {
  await tx.sql("delete from oidc_identities where provider_id = $1", [id]);
  await tx.sql("delete from oidc_sign_ins where provider_id = $1", [id]);
}

/** Keeps the provider as it is until the transaction ends. False when it has been changed since it was read. */
export async function holdProvider(
  tx: Transaction,
  { id, issuer }: OidcProvider,
): Promise<boolean> {
  const same = await tx.sql(
    "select from oidc_providers where id = $1 and issuer = $2 and enabled for share",
    [id, issuer],
  );
  return same.length > 0;
}

/** Accounts that it has vouched for stay. Throws NOT_FOUND, CONFLICT for a stale revision. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const provider = await lock(tx, OidcProvider, id, revision);
    await bury(tx, "oidc-provider", provider);
    announce(tx, provider, OidcProviderDeleted);
  });
}

async function check(
  tx: Transaction,
  { issuer, role }: Pick<UpdateOidcProvider, "issuer" | "role">,
): Promise<void> {
  if (issuer && setupOf(tx).production && !issuer.startsWith("https:")) {
    throw BadUserInput.at(["issuer"], "must be an https URL");
  }
  if (role) await refuseUngrantable(tx, role);
}

/** Undefined stays undefined: what is left out of a change. */
const sealed = (ctx: RequestContext, secret: string | null | undefined) =>
  secret ? seal(setupOf(ctx).secret, sealedFor, secret) : secret;

function announce(
  tx: Transaction,
  provider: OidcProvider,
  event: typeof OidcProviderUpdated,
): void {
  const { id: providerId, revision } = provider;
  record(tx, event, provider, { providerId, revision });
}
