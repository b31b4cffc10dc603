import "reflect-metadata";
import { systemContext, type Tenant } from "#kernel/context";
import { openDatabase } from "#kernel/database/database";
import { assemble } from "#kernel/modules/registry";
import { createLog } from "#kernel/observability/log";
import { modules } from "#modules";
import { seedScale } from "#modules/seed";

/** What to fill, and with how many products; told as it goes is how many are there for good. */
export interface Order {
  url: string;
  tenant: Tenant;
  count: number;
}

process.on("message", ({ url, tenant, count }: Order) => void fill(url, tenant, count));

async function fill(url: string, tenant: Tenant, count: number): Promise<void> {
  const db = await openDatabase({ url, poolSize: 2, entities: assemble(modules).entities });
  const ctx = systemContext(db, tenant, createLog("warn"));
  await seedScale(ctx, count, { onProgress: ({ done }) => process.send?.(done) });
  await db.close();
  process.disconnect?.();
}
