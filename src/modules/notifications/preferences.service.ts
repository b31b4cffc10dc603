import { personOf } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { BadUserInput } from "#kernel/errors";
import { optional } from "./mails.ts";

/** A kind of mail that somebody may get, and whether they want it. */
export interface Preference {
  template: string;
  description: string;
  wanted: boolean;
}

/** Of the caller: the mails that their permissions let them get. Throws UNAUTHENTICATED. */
export function preferences(ctx: RequestContext): Promise<Preference[]> {
  const { userId, permissions } = personOf(ctx);
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.sql<{ template: string }>(
      "select template from notification_opt_outs where user_id = $1",
      [userId],
    );
    const without = new Set(rows.map(({ template }) => template));
    return Object.values(optional)
      .filter(({ permission }) => permissions.has(permission))
      .map(({ mail: { name, description } }) => ({
        template: name,
        description,
        wanted: !without.has(name),
      }));
  });
}

/** Throws UNAUTHENTICATED, or BAD_USER_INPUT for what nobody can do without. */
export function setPreference(
  ctx: RequestContext,
  { template, wanted }: { template: string; wanted: boolean },
): Promise<Preference[]> {
  const { userId } = personOf(ctx);
  if (!optional[template]) {
    throw BadUserInput.at(["template"], `must be one of ${Object.keys(optional).join(", ")}`);
  }
  return inTransaction(ctx, async (tx) => {
    const statement = wanted
      ? "delete from notification_opt_outs where tenant_id = $1 and user_id = $2 and template = $3"
      : `insert into notification_opt_outs (tenant_id, user_id, template)
         select $1, id, $3 from users where id = $2 on conflict do nothing`;
    await tx.sql(statement, [tx.tenant.id, userId, template]);
    return preferences(tx);
  });
}
