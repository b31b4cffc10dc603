import { MeilisearchError } from "meilisearch";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { repair, verifyPage, withoutLag } from "#modules/index";
import type { SearchDifference } from "./difference.ts";
import { orphans } from "./orphans.ts";
import { repairSearch } from "./repair.ts";
import { verifySearchPage } from "./verify.ts";

/** What one look found, and mended. */
export interface Patrolled {
  found: number;
  /** Whether it was the last page of the kind: the next look begins at the first again. */
  round: boolean;
}

/** How many entities one look compares: about 0.2 s of two processors, in which others can be served. */
const pageSize = 150;

/**
 * Looks at the next page of a tenant's read model and of what the search engine has of it, and repairs
 * what differs and goes on to. What is on its way to the engine is no drift.
 */
export async function patrol(
  ctx: RequestContext,
  kind: "product" | "node" | "category",
): Promise<Patrolled> {
  const after = await whereWeAre(ctx, kind);
  try {
    const { found, next } = await look(ctx, kind, after);
    const patrolled = { found, round: next === null };
    await noteLook(ctx, kind, next, patrolled);
    return patrolled;
  } catch (error) {
    // It is looked at again in its turn: where a look fails, the others have theirs all the same.
    await noteLook(ctx, kind, after, { found: 0, round: false });
    throw error;
  }
}

async function look(
  ctx: RequestContext,
  kind: "product" | "node" | "category",
  after: string | null,
): Promise<{ found: number; next: string | null }> {
  const { differences, next } = await verifyPage(ctx, kind, after, pageSize);
  const inReadModel = await withoutLag(ctx, kind, differences);
  await repair(ctx, inReadModel);
  const inEngine = kind === "category" ? [] : await inEngineIfThere(ctx, kind, after, next);
  await repairSearch(ctx, inEngine);
  return { found: inReadModel.length + inEngine.length, next };
}

/** Whoever feeds an engine that does not answer says so; here it is passed over. */
async function inEngineIfThere(
  ...of: Parameters<typeof lookAtEngine>
): Promise<SearchDifference[]> {
  try {
    return await lookAtEngine(...of);
  } catch (error) {
    if (error instanceof MeilisearchError) return [];
    throw error;
  }
}

/** The same ids as the page of the read model; at the end of a round, what belongs to no id. */
async function lookAtEngine(
  ctx: RequestContext,
  kind: "product" | "node",
  after: string | null,
  next: string | null,
): Promise<SearchDifference[]> {
  const found: SearchDifference[] = [];
  for (let from = after; next !== null;) {
    const page = await verifySearchPage(ctx, kind, from, { settled: true, to: next });
    found.push(...page.differences);
    if (page.next === null) break;
    from = page.next;
  }
  if (next === null) found.push(...(await Array.fromAsync(orphans(ctx, kind))));
  return found.filter(({ reason }) => reason !== "refused");
}

function whereWeAre(ctx: RequestContext, kind: string): Promise<string | null> {
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.sql<{ after: string | null }>(
      "select after from index_patrol where kind = $1",
      [kind],
    );
    return row?.after ?? null;
  });
}

function noteLook(
  ctx: RequestContext,
  kind: string,
  after: string | null,
  { found, round }: Patrolled,
): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await tx.sql(
      `insert into index_patrol as p (tenant_id, kind, after, looked_at, rounds, found)
       values ($1, $2, $3, now(), $4, $5)
       on conflict (tenant_id, kind) do update
       set after = excluded.after, looked_at = now(),
           rounds = p.rounds + excluded.rounds, found = p.found + excluded.found`,
      [tx.tenant.id, kind, after, round ? 1 : 0, found],
    );
  });
}
