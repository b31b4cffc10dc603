import type { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/transaction";

/** What the tenant has set for a module, with the defaults for all else. */
export function settingsOf<Settings extends z.ZodObject>(
  ctx: RequestContext,
  module: string,
  schema: Settings,
): Promise<z.output<Settings>> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.sql<{ value: unknown }>(
      "select value from tenant_settings where module = $1",
      [module],
    );
    return schema.parse(row?.value ?? {});
  });
}
