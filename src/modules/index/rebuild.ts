import pg from "pg";
import type { RequestContext } from "#kernel/context";
import { as } from "#kernel/database/database";
import { inTransaction } from "#kernel/database/transaction";
import { Conflict } from "#kernel/errors";
import { beginBuilding, cutOver, noteBuilt, type Generation } from "./generations.ts";
import { giveWay } from "./give-way.ts";
import { knownIds, type OnProgress } from "./known-ids.ts";
import { refresh, refreshGeneration } from "./projection.ts";
import { readModels, type ReadModel } from "./read-model.ts";
import { engineHasCaughtUp, engineKeepsUp } from "./search-documents.ts";

export interface RebuildOptions {
  /** All kinds when left out. */
  kind?: ReadModel["kind"] | undefined;
  onProgress?: OnProgress;
  /** Called while the search engine takes the last documents in. */
  onCatchUp?: (kind: ReadModel["kind"], progress: { done: number; total: number }) => void;
  /** Whether a kind's documents are to lie in search indexes of the tenant's own; as they do now when left out. */
  ownIndex?: (kind: ReadModel["kind"]) => Promise<boolean>;
}

/** Another process builds this tenant's read model. */
export class RebuildUnderWay extends Conflict {
  constructor(kind: string) {
    super(`Another process rebuilds the ${kind} documents; see that it ends, or wait for it.`);
  }
}

/**
 * Builds the read model anew beside the live one, search engine included, and cuts over. Changes made
 * meanwhile go to both. Cut short, it goes on where it was at the next call.
 * Throws {@link RebuildUnderWay}, or RebuildAbandoned when somebody goes back meanwhile.
 */
export async function rebuild(ctx: RequestContext, options: RebuildOptions = {}): Promise<void> {
  for (const model of readModels) {
    if (options.kind && options.kind !== model.kind) continue;
    await alone(ctx, model.kind, async () => {
      const own = await (options.ownIndex ?? (() => ownsIndex(ctx, model.kind)))(model.kind);
      const { generation, builtTo } = await beginBuilding(ctx, model.kind, own);
      await build(ctx, model, { generation, builtTo }, options.onProgress);
      await engineHasCaughtUp(ctx, { kind: model.kind, generation }, (progress) =>
        options.onCatchUp?.(model.kind, progress),
      );
      await cutOver(ctx, model.kind, generation);
    });
  }
}

/** Brings every document up to date where it lies: what a first start does, where nobody reads yet. */
export async function refreshAll(ctx: RequestContext): Promise<void> {
  for (const model of readModels) {
    for await (const ids of knownIds(ctx, model)) await refresh(ctx, model, ids);
  }
}

/** A projection begun before the generation was there read an older state than building will read. */
async function build(
  ctx: RequestContext,
  model: ReadModel,
  { generation, builtTo }: Pick<Generation, "generation" | "builtTo">,
  onProgress?: OnProgress,
): Promise<void> {
  for await (const ids of knownIds(ctx, model, { after: builtTo, onProgress })) {
    const began = performance.now();
    await inTransaction(ctx, async (tx) => {
      await refreshGeneration(tx, model, ids, generation);
      await noteBuilt(tx, model.kind, generation, ids.at(-1) ?? "");
    });
    await giveWay(ctx, performance.now() - began);
    await engineKeepsUp(ctx, { kind: model.kind, generation });
  }
}

/** The lock is the session's: it ends with the process, however that ends. */
async function alone(
  { db, tenant }: RequestContext,
  kind: string,
  work: () => Promise<void>,
): Promise<void> {
  const session = new pg.Client({ connectionString: db.url, options: as("rustok_app") });
  // Nobody asks anything more of it: what it is for is being there.
  session.on("error", () => {});
  const key = `rustok rebuild of ${kind} for ${tenant.id}`;
  await session.connect();
  try {
    const { rows } = await session.query<{ locked: boolean }>(
      "select pg_try_advisory_lock(hashtextextended($1, 0)) as locked",
      [key],
    );
    if (!rows[0]?.locked) throw new RebuildUnderWay(kind);
    await work();
  } finally {
    await session.end().catch(() => {});
  }
}

function ownsIndex(ctx: RequestContext, kind: ReadModel["kind"]): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const [live] = await tx.sql<{ own: boolean }>(
      "select own_index as own from index_generations where kind = $1 and state = 'live'",
      [kind],
    );
    return live?.own ?? false;
  });
}
