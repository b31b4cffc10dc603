import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { KnownModule, RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { BadUserInput, NotFound, StaleRevision } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { TenantSettingsUpdated } from "./events.ts";

/** What a tenant has set for a module, with the module's defaults where it has set nothing. */
export interface ModuleSettings {
  module: string;
  value: Record<string, unknown>;
  /** 0 until something is set. */
  revision: number;
  updatedAt: Date | null;
}

/** Throws NOT_FOUND for a module that lets nobody set anything. */
export async function get(ctx: RequestContext, module: string): Promise<ModuleSettings> {
  const { settings } = settable(ctx, module);
  const [stored] = await inTransaction(ctx, (tx) => tx.sql<Stored>(select, [module]));
  return shown(module, settings.parse(stored?.value ?? {}), stored);
}

/** Sets what is given and leaves the rest. Throws NOT_FOUND, BAD_USER_INPUT with every issue, or CONFLICT. */
export function update(
  ctx: RequestContext,
  given: { module: string; value: Record<string, unknown>; revision?: number | null | undefined },
): Promise<ModuleSettings> {
  const { module, revision } = given;
  const { settings } = settable(ctx, module);
  return inTransaction(ctx, async (tx) => {
    // Two who set something for the first time take turns.
    await tx.sql("select from tenants where id = $1 for update", [tx.tenant.id]);
    const [stored] = await tx.sql<Stored>(select, [module]);
    const current = stored?.revision ?? 0;
    if (typeof revision === "number" && revision !== current) {
      throw new StaleRevision("set of settings", module, revision, current);
    }
    const { data, error } = settings
      .strict()
      .safeParse({ ...stillKnown(settings, stored), ...given.value });
    if (error) throw BadUserInput.from(error);
    if (stored && isDeepStrictEqual(stored.value, data)) return shown(module, data, stored);
    const [written] = await tx.sql<Stored>(
      `insert into tenant_settings as stored (tenant_id, module, value, updated_at) values ($1, $2, $3, $4)
       on conflict (tenant_id, module) do update
       set value = excluded.value, revision = stored.revision + 1, updated_at = excluded.updated_at
       returning ${columns}`,
      [tx.tenant.id, module, JSON.stringify(data), tx.now],
    );
    const after = shown(module, data, written);
    record(tx, TenantSettingsUpdated, { id: tx.tenant.id, revision: after.revision }, after);
    return after;
  });
}

/** Without what was set for something that the module has given up since: nobody could set anything else. */
const stillKnown = (settings: z.ZodObject, stored: Stored | undefined) =>
  Object.fromEntries(
    Object.entries(stored?.value ?? {}).filter(([name]) => Object.hasOwn(settings.shape, name)),
  );

interface Stored {
  value: Record<string, unknown>;
  revision: number;
  updatedAt: string;
}

const columns = `value, revision::float8 as revision, updated_at as "updatedAt"`;
const select = `select ${columns} from tenant_settings where module = $1`;

const shown = (
  module: string,
  value: Record<string, unknown>,
  stored: Stored | undefined,
): ModuleSettings => ({
  module,
  value,
  revision: stored?.revision ?? 0,
  updatedAt: stored ? new Date(stored.updatedAt) : null,
});

function settable({ modules }: RequestContext, slug: string): Required<KnownModule> {
  const module = modules?.find((known) => known.slug === slug);
  if (!module?.settings) throw new NotFound("module with settings", slug);
  return { ...module, settings: module.settings };
}
