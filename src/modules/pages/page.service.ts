import { PageRedirect } from "#entities/pages/page";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, NotFound } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { nodes } from "#modules/content";
import { PageRedirectDeleted } from "./events.ts";
import type { MovePage } from "./page.input.ts";

/**
 * Puts a page below another, or before a sibling. Others move on only where there is no room between them:
 * each that does is another document to project. Throws NOT_FOUND,
 * CONFLICT for a stale revision, BAD_USER_INPUT for a parent that is no page, or that is the page itself
 * or below it, and for a sibling that is none.
 */
export function move(
  ctx: RequestContext,
  { id, revision, parentId, beforeId }: MovePage,
): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await takeTurn(tx);
    const page = await pageOf(tx, id);
    if (!page) throw new NotFound("page", id);
    const to = parentId === undefined ? page.parentId : parentId;
    if (parentId && !(await pageOf(tx, parentId))) {
      throw BadUserInput.at(["parentId"], "is not a page");
    }
    const siblings = (await childrenOf(tx, to)).filter((sibling) => sibling.id !== id);
    const at = beforeId
      ? siblings.findIndex((sibling) => sibling.id === beforeId)
      : siblings.length;
    if (at < 0) throw BadUserInput.at(["beforeId"], "is not among the pages it would stand with");
    const between = placeBetween(siblings[at - 1]?.position, siblings[at]?.position);
    // The page first: to move it takes content's own turn, which has to come before any row is locked.
    await nodes.update(tx, { id, revision, parentId: to, position: between ?? (at + 1) * spacing });
    if (between !== undefined) return;
    for (const [index, sibling] of siblings.entries()) {
      const position = (index < at ? index + 1 : index + 2) * spacing;
      if (sibling.position !== position) await nodes.update(tx, { id: sibling.id, position });
    }
  });
}

/** The room left between two pages once there was none: some ten more find a place at one spot. */
const spacing = 1_024;
const lastPosition = 2 ** 31 - 1;

/** A position after the one and before the other, where there is either; undefined when there is no room. */
function placeBetween(before = -1, after?: number): number | undefined {
  const place = after === undefined ? before + spacing : Math.floor((before + after) / 2);
  return place > before && place <= lastPosition ? place : undefined;
}

/** Has a path that a page was at before lead nowhere. Throws NOT_FOUND. */
export function removeRedirect(ctx: RequestContext, id: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const redirect = await tx.em.findOne(PageRedirect, { id });
    if (!redirect) throw new NotFound("page redirect", id);
    tx.em.remove(redirect);
    const { pageId } = redirect;
    record(tx, PageRedirectDeleted, { id, revision: 1 }, { redirectId: id, pageId });
  });
}

/** Two moves at once would count their siblings without each other. */
async function takeTurn(tx: Transaction): Promise<void> {
  await tx.sql("select pg_advisory_xact_lock(hashtextextended('order of pages of ' || $1, 0))", [
    tx.tenant.id,
  ]);
}

async function pageOf(
  tx: Transaction,
  id: string,
): Promise<{ parentId: string | null } | undefined> {
  const [page] = await tx.sql<{ parentId: string | null }>(
    `select parent_id as "parentId" from nodes where id = $1 and kind = 'page'`,
    [id],
  );
  return page;
}

function childrenOf(
  tx: Transaction,
  parentId: string | null,
): Promise<{ id: string; position: number }[]> {
  return tx.sql(
    `select id, position from nodes
     where kind = 'page' and parent_id is not distinct from $1 order by position, id`,
    [parentId],
  );
}
