import { isDeepStrictEqual } from "node:util";
import { Node } from "#entities/content/node";
import { bury, change, lock } from "#kernel/aggregates/aggregate";
import { takeDue } from "#kernel/aggregates/timed-publication";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { NodeCreated, NodeDeleted, NodePublished, NodeUnpublished, NodeUpdated } from "./events.ts";
import type { Key } from "#kernel/graphql/key.input";
import type { CreateNode, UpdateNode } from "./node.input.ts";
import { wholeNode, write } from "./node.parts.ts";
import { refuseCircle, removeComments, takeTurnToMove } from "./node.tree.ts";
import { viewNode } from "./node.view.ts";

/**
 * Throws BAD_USER_INPUT for an unknown parent, author, category or tag, CONFLICT for a taken slug: the
 * database is their judge, when it is written, which a caller's transaction puts off to its end.
 */
export function create(ctx: RequestContext, { status, kind, ...given }: CreateNode): Promise<Node> {
  return inTransaction(ctx, async (tx) => {
    const node = tx.em.create(Node, {
      kind,
      id: newId(),
      tenantId: tx.tenant.id,
      fields: given.fields,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    write(tx, node, given);
    announce(tx, node, NodeCreated);
    if (status === "published" && node.publish(tx.now)) {
      // Public from now on, it may be planned to be hidden for a while.
      node.publishAt = given.publishAt ?? null;
      announce(tx, node, NodePublished);
    }
    return node;
  });
}

/**
 * Changes what is given; nothing happens when all is so already. Throws as `create` does, NOT_FOUND,
 * CONFLICT for a stale revision, BAD_USER_INPUT for a parent that is the node itself or below it.
 */
export function update(ctx: RequestContext, { id, revision, ...given }: UpdateNode): Promise<Node> {
  return inTransaction(ctx, async (tx) => {
    if (given.parentId) await takeTurnToMove(tx);
    const node = await lockNode(tx, { id, revision });
    if (given.parentId) await refuseCircle(tx, id, given.parentId);
    const before = viewNode(node);
    write(tx, node, given);
    if (isDeepStrictEqual(viewNode(node), before)) return node;
    change(tx, node);
    announce(tx, node, NodeUpdated);
    return node;
  });
}

/** What is published already stays as it is. Throws NOT_FOUND, or CONFLICT for a stale revision. */
export function publish(ctx: RequestContext, key: Key): Promise<Node> {
  return inTransaction(ctx, async (tx) => {
    const node = await lockNode(tx, key);
    if (node.publish(tx.now)) {
      change(tx, node);
      announce(tx, node, NodePublished);
    }
    return node;
  });
}

/** What is a draft already stays as it is. Throws NOT_FOUND, or CONFLICT for a stale revision. */
export function unpublish(ctx: RequestContext, key: Key): Promise<Node> {
  return inTransaction(ctx, async (tx) => {
    const node = await lockNode(tx, key);
    if (node.unpublish()) {
      change(tx, node);
      announce(tx, node, NodeUnpublished);
    }
    return node;
  });
}

/**
 * Does what was planned for a time that has come by `now`, and strikes it off the plan in the same
 * transaction: done again, there is nothing to do. Throws NOT_FOUND.
 */
export function settleDue(ctx: RequestContext, id: string, now: Date): Promise<Node> {
  return inTransaction(ctx, async (tx) => {
    const node = await lockNode(tx, { id });
    const due = takeDue(node, now);
    if (!due) return node;
    const event = due.what === "publish" ? NodePublished : NodeUnpublished;
    const changed = due.what === "publish" ? node.publish(due.at) : node.unpublish();
    change(tx, node);
    announce(tx, node, changed ? event : NodeUpdated);
    return node;
  });
}

/** The comments below it go with it; any other node below it is a CONFLICT, as a stale revision is. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const node = await lock(tx, Node, id, revision);
    for (const comment of await removeComments(tx, id)) announce(tx, comment, NodeDeleted);
    await bury(tx, "node", node);
    announce(tx, node, NodeDeleted);
  });
}

/** The whole node, as it is once nobody else can change it. */
async function lockNode(tx: Transaction, { id, revision }: Key): Promise<Node> {
  const node = await lock(tx, Node, id, revision);
  await tx.em.populate(node, wholeNode, { refresh: true });
  return node;
}

function announce(
  tx: Transaction,
  node: Pick<Node, "id" | "kind" | "revision">,
  event: typeof NodeUpdated,
): void {
  const { id: nodeId, kind, revision } = node;
  record(tx, event, node, { nodeId, kind, revision });
}
