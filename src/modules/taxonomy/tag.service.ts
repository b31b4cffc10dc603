import type { z } from "zod";
import { Tag } from "#entities/taxonomy/tag";
import { bury, change, lock, touchShared } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { record } from "#kernel/events/event";
import type { Key } from "#kernel/graphql/key.input";
import { newId } from "#kernel/ids";
import { TagCreated, TagDeleted, TagUpdated } from "./events.ts";
import type { createTag, updateTag } from "./tag.input.ts";

/** Throws CONFLICT for a taken handle. */
export function create(ctx: RequestContext, input: z.output<typeof createTag>): Promise<Tag> {
  return inTransaction(ctx, async (tx) => {
    const tag = tx.em.create(Tag, {
      ...input,
      id: newId(),
      tenantId: tx.tenant.id,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    announce(tx, tag, TagCreated);
    return tag;
  });
}

/** Throws NOT_FOUND, or CONFLICT for a stale revision or a taken handle. */
export function update(
  ctx: RequestContext,
  { id, revision, ...fields }: z.output<typeof updateTag>,
): Promise<Tag> {
  return inTransaction(ctx, async (tx) => {
    await touchShared(tx);
    const tag = await lock(tx, Tag, id, revision);
    change(tx, tag, fields);
    announce(tx, tag, TagUpdated);
    return tag;
  });
}

/** What carried it loses it. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await touchShared(tx);
    const tag = await lock(tx, Tag, id, revision);
    await bury(tx, "tag", tag);
    announce(tx, tag, TagDeleted);
  });
}

function announce(tx: Transaction, tag: Tag, event: typeof TagUpdated): void {
  const { id: tagId, scope, revision } = tag;
  record(tx, event, tag, { tagId, scope, revision });
}
