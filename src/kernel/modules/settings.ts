import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";

/** What the tenant has set for a module, with the module's defaults where it has set nothing. */
export async function settingsOf<Settings>(
  ctx: RequestContext,
  { slug, settings }: { slug: string; settings: { parse(value: unknown): Settings } },
): Promise<Settings> {
  const [row] = await inTransaction(ctx, (tx) =>
    tx.sql<{ value: unknown }>("select value from tenant_settings where module = $1", [slug]),
  );
  return settings.parse(row?.value ?? {});
}
