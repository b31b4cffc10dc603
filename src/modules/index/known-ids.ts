import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/transaction";
import { batchSize, type ReadModel } from "./read-model.ts";

/** How far a rebuild or a verification of one kind has come, in entities. */
export interface Progress {
  kind: ReadModel["kind"];
  done: number;
  total: number;
}

export type OnProgress = (progress: Progress) => void;

/**
 * Every id that either side has heard of, in pages: entities, deleted ones, and what only the read
 * model holds. Tells how far it is before the first page and after each that was taken in.
 */
export async function* knownIds(
  ctx: RequestContext,
  model: ReadModel,
  onProgress: OnProgress = () => {},
): AsyncGenerator<string[]> {
  const { kind } = model;
  const total = await count(ctx, model);
  let done = 0;
  let last = "00000000-0000-0000-0000-000000000000";
  onProgress({ kind, done, total });
  for (;;) {
    const page = await pageAfter(ctx, model, last);
    const end = page.at(-1);
    if (end === undefined) return;
    yield page;
    last = end;
    done += page.length;
    // Entities created meanwhile are taken along.
    onProgress({ kind, done, total: Math.max(done, total) });
  }
}

function pageAfter(ctx: RequestContext, model: ReadModel, last: string): Promise<string[]> {
  return inTransaction(ctx, async (tx) => {
    const pages = everywhere(model).map(
      (ids) => `(select id from (${ids}) ids where id > $1 order by id limit ${batchSize})`,
    );
    const rows = await tx.sql<{ id: string }>(
      `${pages.join(" union ")} order by id limit ${batchSize}`,
      [last],
    );
    return rows.map(({ id }) => id);
  });
}

function count(ctx: RequestContext, model: ReadModel): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const [counted] = await tx.sql<{ ids: number }>(
      `select count(*)::integer as ids from (${everywhere(model).join(" union ")}) known`,
    );
    return counted?.ids ?? 0;
  });
}

function everywhere({ kind, table, id, source }: ReadModel): string[] {
  return [
    `select id from ${source}`,
    `select aggregate_id as id from tombstones where kind = '${kind}'`,
    `select distinct ${id} as id from ${table}`,
  ];
}
