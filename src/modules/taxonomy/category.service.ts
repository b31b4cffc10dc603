import { Category, CategoryTranslation } from "#entities/taxonomy/category";
import { bury, change, lock, touchShared } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict } from "#kernel/errors";
import { record } from "#kernel/events/event";
import type { Key } from "#kernel/graphql/key.input";
import { newId } from "#kernel/ids";
import type { z } from "zod";
import type { createCategory, updateCategory } from "./category.input.ts";
import { CategoryCreated, CategoryDeleted, CategoryUpdated } from "./events.ts";

/** Throws BAD_USER_INPUT for an unknown parent, CONFLICT for a taken handle. */
export function create(
  ctx: RequestContext,
  input: z.output<typeof createCategory>,
): Promise<Category> {
  return inTransaction(ctx, async (tx) => {
    await touchShared(tx);
    const { translations, ...fields } = input;
    const category = tx.em.create(Category, {
      ...fields,
      id: newId(),
      tenantId: tx.tenant.id,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    translate(tx, category, translations);
    announce(tx, category, CategoryCreated);
    return category;
  });
}

/** Throws NOT_FOUND, CONFLICT for a stale revision or a taken handle, BAD_USER_INPUT for a circle. */
export function update(
  ctx: RequestContext,
  { id, revision, translations, ...fields }: z.output<typeof updateCategory>,
): Promise<Category> {
  return inTransaction(ctx, async (tx) => {
    // First, so that moves take turns: two of them, each fine by itself, may close a circle together.
    await touchShared(tx);
    const category = await lock(tx, Category, id, revision);
    await tx.em.populate(category, ["translations"]);
    if (fields.parentId) await refuseCircle(tx, id, fields.parentId);
    change(tx, category, fields);
    if (translations) translate(tx, category, translations);
    announce(tx, category, CategoryUpdated);
    return category;
  });
}

/** What it held loses it; a category that has children is a CONFLICT. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await touchShared(tx);
    const category = await lock(tx, Category, id, revision);
    const children = await tx.em.count(Category, { parentId: id });
    if (children > 0) {
      throw new Conflict(`The category still has ${children} below it.`, { children });
    }
    await bury(tx, "category", category);
    announce(tx, category, CategoryDeleted);
  });
}

function announce(tx: Transaction, category: Category, event: typeof CategoryUpdated): void {
  const { id: categoryId, scope, revision } = category;
  record(tx, event, category, { categoryId, scope, revision });
}

function translate(
  tx: Transaction,
  category: Category,
  translations: z.output<typeof createCategory>["translations"],
): void {
  const kept = new Map(category.translations.getItems().map((each) => [each.locale, each]));
  category.translations.set(
    translations.map((given) => {
      const translation = kept.get(given.locale);
      return translation
        ? tx.em.assign(translation, given)
        : tx.em.create(CategoryTranslation, { ...given, category, tenantId: tx.tenant.id });
    }),
  );
}

/** A category below itself would never be reached from the root, and a walk along parents never end. */
async function refuseCircle(tx: Transaction, id: string, parentId: string): Promise<void> {
  const [found] = await tx.sql<{ circle: boolean }>(
    `with recursive above as (
       select id, parent_id from categories where id = $1
       union
       select c.id, c.parent_id from categories c join above on c.id = above.parent_id
     )
     select exists (select from above where id = $2) as circle`,
    [parentId, id],
  );
  if (found?.circle) throw BadUserInput.at(["parentId"], "is the category itself or one below it");
}
