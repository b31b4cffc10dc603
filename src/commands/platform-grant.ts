import type { Command } from "commander";
import pg from "pg";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { NotFound } from "#kernel/errors";
import { newId } from "#kernel/ids";
import type { Runtime } from "#processes/runtime";
import { contextOf } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addPlatformGrant(program: Command): void {
  program
    .command("platform:grant <tenant> <e-mail>")
    .description("Make a user of the tenant a super administrator, who may do everything anywhere.")
    .action((tenant: string, email: string) =>
      withRuntime(async (runtime) => {
        await grantPlatform(runtime, await contextOf(runtime, tenant), email);
        process.stdout.write(`${email} is a super administrator, within two seconds everywhere.\n`);
      }),
    );
  program
    .command("platform:revoke <tenant> <e-mail>")
    .description("Make a super administrator an ordinary user of the tenant again.")
    .action((tenant: string, email: string) =>
      withRuntime(async (runtime) => {
        await revokePlatform(runtime, await contextOf(runtime, tenant), email);
        process.stdout.write(
          `${email} is no super administrator, within two seconds everywhere.\n`,
        );
      }),
    );
}

type Owner = Pick<Runtime, "ownerUrl">;

/** Makes a user of the context's tenant a super administrator, if they are none. Throws NOT_FOUND. */
export const grantPlatform = (owner: Owner, ctx: RequestContext, email: string): Promise<void> =>
  changeAsOwner(owner, ctx, email, {
    action: "platform.granted",
    sql: `insert into platform_administrators (home_tenant_id, user_id) values ($1, $2)
          on conflict (user_id) do nothing`,
  });

/** The opposite of {@link grantPlatform}. */
export const revokePlatform = (owner: Owner, ctx: RequestContext, email: string): Promise<void> =>
  changeAsOwner(owner, ctx, email, {
    action: "platform.revoked",
    sql: "delete from platform_administrators where home_tenant_id = $1 and user_id = $2",
  });

/** No server's role can write that table, so this signs in as its owner; the audit log has it all the same. */
async function changeAsOwner(
  { ownerUrl }: Owner,
  ctx: RequestContext,
  email: string,
  { action, sql }: { action: string; sql: string },
): Promise<void> {
  const { tenant } = ctx;
  const userId = await userOf(ctx, email);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query("begin");
    const { rowCount } = await owner.query(sql, [tenant.id, userId]);
    if (rowCount === 1) {
      await owner.query("select set_config('rustok.tenant', $1, true)", [tenant.id]);
      await owner.query("set local role rustok_app");
      await owner.query(
        `insert into audit_log (id, tenant_id, occurred_at, action, subject_id, actor_kind, request_id, changes)
         values ($1, $2, now(), $3, $4, 'system', $5, '[]')`,
        [newId(), tenant.id, action, userId, ctx.requestId],
      );
    }
    await owner.query("commit");
  } finally {
    await owner.end();
  }
}

async function userOf(ctx: RequestContext, email: string): Promise<string> {
  const [user] = await inTransaction(ctx, (tx) =>
    tx.sql<{ id: string }>(
      "select id from users where tenant_id = $1 and lower(email) = lower($2)",
      [ctx.tenant.id, email],
    ),
  );
  if (!user) throw new NotFound("user", email);
  return user.id;
}
