import { TenantModule } from "#entities/modules/tenant-module";
import { change } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { Conflict, NotFound } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { ModuleDisabled, ModuleEnabled } from "#kernel/modules/events";
import type { ModuleDefinition } from "#kernel/modules/module";
import { dependenciesOf, dependentsOf } from "./dependencies.ts";

/** A module as it is for a tenant. */
export interface ModuleState {
  module: ModuleDefinition;
  enabled: boolean;
  /** When it was switched last; null when it never was. */
  changedAt: Date | null;
}

/** All of the modules, in their order. */
export function states(ctx: RequestContext, modules: ModuleDefinition[]): Promise<ModuleState[]> {
  return inTransaction(ctx, async (tx) => {
    const rows = await rowsOf(tx);
    return modules.map((module) => stateOf(module, rows.get(module.slug)));
  });
}

/**
 * Switches a module on for the tenant; nothing happens when it is on already. What has changed while it
 * was off is made up for in the background. Throws NOT_FOUND, or CONFLICT naming the modules it needs
 * that are off.
 */
export function enable(
  ctx: RequestContext,
  modules: ModuleDefinition[],
  slug: string,
): Promise<ModuleState> {
  return set(ctx, modules, slug, true);
}

/**
 * Switches a module off for the tenant: its fields and routes answer MODULE_DISABLED, its listeners
 * pass the tenant over, its rows stay. Nothing happens when it is off already. Throws NOT_FOUND, or
 * CONFLICT for a core module, or naming the modules that need it and are on.
 */
export function disable(
  ctx: RequestContext,
  modules: ModuleDefinition[],
  slug: string,
): Promise<ModuleState> {
  return set(ctx, modules, slug, false);
}

async function set(
  ctx: RequestContext,
  modules: ModuleDefinition[],
  slug: string,
  enabled: boolean,
): Promise<ModuleState> {
  const module = modules.find((known) => known.slug === slug);
  if (!module) throw new NotFound("module", slug);
  return inTransaction(ctx, async (tx) => {
    await takeTurn(tx);
    const rows = await rowsOf(tx);
    const isOn = ({ slug: of }: ModuleDefinition) => rows.get(of)?.enabled ?? true;
    if (isOn(module) === enabled) return stateOf(module, rows.get(slug));
    if (enabled) refuseWithout(module, dependenciesOf(module, modules), isOn);
    else refuseWhileNeeded(module, dependentsOf(module, modules), isOn);
    const row = switched(tx, rows.get(slug), slug, enabled);
    await (enabled ? module.onEnable?.(tx) : module.onDisable?.(tx));
    const { revision } = row;
    record(tx, enabled ? ModuleEnabled : ModuleDisabled, row, { module: slug, revision });
    return stateOf(module, row);
  });
}

/** Two that are switched at once, each fine by itself, may leave one on without what it needs. */
async function takeTurn(tx: Transaction): Promise<void> {
  await tx.sql("select pg_advisory_xact_lock(hashtextextended('modules of ' || $1, 0))", [
    tx.tenant.id,
  ]);
}

async function rowsOf({ em }: Transaction): Promise<Map<string, TenantModule>> {
  const rows = await em.findAll(TenantModule);
  return new Map(rows.map((row) => [row.module, row]));
}

function switched(
  tx: Transaction,
  row: TenantModule | undefined,
  module: string,
  enabled: boolean,
): TenantModule {
  if (row) {
    change(tx, row, { enabled });
    return row;
  }
  return tx.em.create(TenantModule, {
    id: newId(),
    tenantId: tx.tenant.id,
    module,
    enabled,
    revision: 1,
    createdAt: tx.now,
    updatedAt: tx.now,
  });
}

type IsOn = (module: ModuleDefinition) => boolean;

function refuseWithout({ name }: ModuleDefinition, needed: ModuleDefinition[], isOn: IsOn): void {
  const missing = needed.filter((module) => !isOn(module)).map(({ slug }) => slug);
  if (missing.length > 0) {
    throw new Conflict(`"${name}" needs what is switched off: ${missing.join(", ")}.`, {
      needs: missing,
    });
  }
}

function refuseWhileNeeded(module: ModuleDefinition, needing: ModuleDefinition[], isOn: IsOn) {
  const { slug, name } = module;
  if (!module.optional) {
    throw new Conflict(`"${name}" is core: it cannot be switched off.`, { module: slug });
  }
  const neededBy = needing.filter(isOn).map(({ slug: by }) => by);
  if (neededBy.length > 0) {
    throw new Conflict(`"${name}" is needed by ${neededBy.join(", ")}: switch that off first.`, {
      neededBy,
    });
  }
}

const stateOf = (module: ModuleDefinition, row: TenantModule | undefined): ModuleState => ({
  module,
  enabled: row?.enabled ?? true,
  changedAt: row?.updatedAt ?? null,
});
