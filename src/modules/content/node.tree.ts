import type { Node } from "#entities/content/node";
import type { Transaction } from "#kernel/database/transaction";
import { BadUserInput } from "#kernel/errors";

/**
 * Moves take turns within a tenant: two of them, each fine by itself, may close a circle together.
 * Before the node is locked, or two moves might wait for each other.
 */
export async function takeTurnToMove(tx: Transaction): Promise<void> {
  await tx.sql("select pg_advisory_xact_lock(hashtextextended('node tree ' || $1, 0))", [
    tx.tenant.id,
  ]);
}

/**
 * Refuses a parent that is the node itself or below it: from the root it would never be reached, and
 * a walk along the parents never end.
 */
export async function refuseCircle(tx: Transaction, id: string, parentId: string): Promise<void> {
  const [found] = await tx.sql<{ circle: boolean }>(
    `with recursive above as (
       select id, parent_id from nodes where id = $1
       union
       select n.id, n.parent_id from nodes n join above on n.id = above.parent_id
     )
     select exists (select from above where id = $2) as circle`,
    [parentId, id],
  );
  if (found?.circle) throw BadUserInput.at(["parentId"], "is the node itself or one below it");
}

/**
 * Removes the comments below a node, and theirs: a comment is nothing without what it is about, and
 * there may be thousands. Each leaves its tombstone. Returns them at their last revision.
 */
export function removeComments(
  tx: Transaction,
  nodeId: string,
): Promise<Pick<Node, "id" | "kind" | "revision">[]> {
  return tx.sql(
    `with recursive below as (
       select id from nodes where parent_id = $1 and kind = 'comment'
       union
       select n.id from nodes n join below on n.parent_id = below.id where n.kind = 'comment'
     ),
     gone as (
       delete from nodes where id in (select id from below)
       returning tenant_id, id, kind, revision + 1 as revision
     ),
     buried as (
       insert into tombstones (tenant_id, aggregate_id, kind, revision, deleted_at)
       select tenant_id, id, 'node', revision, $2 from gone
     )
     select id, kind, revision::float8 as revision from gone order by id`,
    [nodeId, tx.now],
  );
}
