import { systemContext } from "#kernel/context";
import type { ScheduledJob } from "#kernel/jobs/job";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { removeTenant } from "#modules/search";
import { deleteRows } from "#modules/tenants";

/** Deletes the tenants whose deletion was asked for. What fails is tried again at the next turn. */
export const deleteTenants: ScheduledJob = {
  name: "delete-tenants",
  everyMs: 10_000,
  async run({ db, log }) {
    const { rows } = await db.pool.query<{ id: string }>(
      "select id from tenants_to_delete() as t(id)",
    );
    for (const { id } of rows) {
      const tenant = await findTenant(db, { id });
      if (!tenant) continue;
      const ctx = systemContext(db, tenant, log);
      try {
        await removeTenant(ctx);
        await deleteRows(ctx);
        log.info({ tenant: id, slug: tenant.slug }, "the tenant is deleted");
      } catch (error) {
        log.warn({ err: error, tenant: id }, "the tenant is not deleted yet");
      }
    }
  },
};
