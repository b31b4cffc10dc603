import { isDeepStrictEqual } from "node:util";
import { Menu, MenuItem } from "#entities/pages/menu";
import { bury, change, lock } from "#kernel/aggregates/aggregate";
import { replace } from "#kernel/aggregates/replace";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { record } from "#kernel/events/event";
import type { Key } from "#kernel/graphql/key.input";
import { newId } from "#kernel/ids";
import { MenuCreated, MenuDeleted, MenuUpdated } from "./events.ts";
import type { CreateMenu, UpdateMenu } from "./menu.input.ts";
import { viewMenu } from "./menu.view.ts";

/** Throws CONFLICT for a taken handle, BAD_USER_INPUT for an item that points at what is not there. */
export function create(ctx: RequestContext, { items, ...fields }: CreateMenu): Promise<Menu> {
  return inTransaction(ctx, async (tx) => {
    const menu = tx.em.create(Menu, {
      ...fields,
      id: newId(),
      tenantId: tx.tenant.id,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    write(tx, menu, items);
    announce(tx, menu, MenuCreated);
    return menu;
  });
}

/** Changes what is given; nothing happens when all is so already. Throws as `create` does, NOT_FOUND, or CONFLICT for a stale revision. */
export function update(
  ctx: RequestContext,
  { id, revision, items, ...fields }: UpdateMenu,
): Promise<Menu> {
  return inTransaction(ctx, async (tx) => {
    const menu = await lock(tx, Menu, id, revision);
    await tx.em.populate(menu, ["items"], { refresh: true });
    const before = viewMenu(menu);
    tx.em.assign(menu, fields, { ignoreUndefined: true });
    if (items) write(tx, menu, items);
    if (isDeepStrictEqual(viewMenu(menu), before)) return menu;
    change(tx, menu);
    announce(tx, menu, MenuUpdated);
    return menu;
  });
}

/** Throws NOT_FOUND, or CONFLICT for a stale revision. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const menu = await lock(tx, Menu, id, revision);
    await bury(tx, "menu", menu);
    announce(tx, menu, MenuDeleted);
  });
}

function write(tx: Transaction, menu: Menu, items: CreateMenu["items"]): void {
  replace(
    tx,
    menu.items,
    items.map((item, index) => ({
      position: index + 1,
      level: item.level,
      labels: Object.fromEntries(item.labels.map(({ locale, label }) => [locale, label])),
      locales: item.locales ?? null,
      pageId: item.pageId ?? null,
      categoryId: item.categoryId ?? null,
      productId: item.productId ?? null,
      url: item.url ?? null,
    })),
    ({ position }) => position,
    (item) => tx.em.create(MenuItem, { ...item, menu, tenantId: tx.tenant.id }),
  );
}

function announce(tx: Transaction, menu: Menu, event: typeof MenuUpdated): void {
  const { id: menuId, revision } = menu;
  record(tx, event, menu, { menuId, revision });
}
