import { LockMode } from "@mikro-orm/postgresql";
import { AccountSettings } from "#entities/accounts/account-settings";
import { change } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { BadUserInput, StaleRevision } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { AccountSettingsUpdated } from "../events.ts";
import { isOwnPage } from "./link.ts";
import type { UpdateAccountSettings } from "./settings.input.ts";

/** What holds as long as nobody has set anything. */
const defaults = { registration: false, link: null, sender: null, revision: 0 };

export type Settings = Pick<AccountSettings, "registration" | "link" | "sender" | "revision">;

/** What the tenant has decided, or what holds where it has not. */
export function get(ctx: RequestContext): Promise<Settings> {
  return inTransaction(
    ctx,
    async ({ em, tenant }) =>
      (await em.findOne(AccountSettings, { tenantId: tenant.id })) ?? defaults,
  );
}

/** The page that mails lead to; null also for one that has been set and is the tenant's no more. */
export async function linkOf(ctx: RequestContext, { link }: Settings): Promise<string | null> {
  return link && (await isOwnPage(ctx, link)) ? link : null;
}

/** What is left out stays. Throws CONFLICT for a stale revision, BAD_USER_INPUT for a link to a host of others. */
export function update(
  ctx: RequestContext,
  { revision, ...given }: UpdateAccountSettings,
): Promise<Settings> {
  return inTransaction(ctx, async (tx) => {
    if (given.link && !(await isOwnPage(tx, given.link))) {
      throw BadUserInput.at(["link"], "must be on one of the tenant's hosts");
    }
    // Two who decide for the first time take turns.
    await tx.sql(
      `insert into account_settings (id, tenant_id, revision) values ($1, $2, 0)
       on conflict (tenant_id) do nothing`,
      [newId(), tx.tenant.id],
    );
    const found = await tx.em.findOneOrFail(
      AccountSettings,
      { tenantId: tx.tenant.id },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (typeof revision === "number" && revision !== found.revision) {
      throw new StaleRevision("set of account settings", found.id, revision, found.revision);
    }
    change(tx, found, given);
    record(tx, AccountSettingsUpdated, found, { revision: found.revision });
    return found;
  });
}
