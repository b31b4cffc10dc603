import { Author } from "#entities/content/author";
import { bury, change, lock, touchShared } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import type { CreateAuthor, UpdateAuthor } from "./author.input.ts";
import { AuthorCreated, AuthorDeleted, AuthorUpdated } from "./events.ts";
import type { Key } from "#kernel/graphql/key.input";

/** Throws CONFLICT for a taken handle. */
export function create(ctx: RequestContext, input: CreateAuthor): Promise<Author> {
  return inTransaction(ctx, async (tx) => {
    const author = tx.em.create(Author, {
      ...input,
      id: newId(),
      tenantId: tx.tenant.id,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    announce(tx, author, AuthorCreated);
    return author;
  });
}

/** Throws NOT_FOUND, or CONFLICT for a stale revision or a taken handle. */
export function update(
  ctx: RequestContext,
  { id, revision, ...fields }: UpdateAuthor,
): Promise<Author> {
  return inTransaction(ctx, async (tx) => {
    await touchShared(tx);
    const author = await lock(tx, Author, id, revision);
    change(tx, author, fields);
    announce(tx, author, AuthorUpdated);
    return author;
  });
}

/** Throws NOT_FOUND, or CONFLICT for a stale revision or while a node is by the author. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await touchShared(tx);
    const author = await lock(tx, Author, id, revision);
    await bury(tx, "author", author);
    announce(tx, author, AuthorDeleted);
  });
}

function announce(tx: Transaction, author: Author, event: typeof AuthorUpdated): void {
  const { id: authorId, revision } = author;
  record(tx, event, author, { authorId, revision });
}
