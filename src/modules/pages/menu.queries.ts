import { QueryOrder } from "@mikro-orm/postgresql";
import { Menu } from "#entities/pages/menu";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { type Connection, type PageArgs, paged, toConnection } from "#kernel/graphql/connection";
import { chooseLocale } from "#kernel/locale";
import {
  type AdminMenuView,
  type MenuView,
  nested,
  type OutlineItem,
  viewMenu,
} from "./menu.view.ts";

/** By handle. */
export function find(ctx: RequestContext, page: PageArgs): Promise<Connection<AdminMenuView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(Menu, {
      populate: ["items"],
      ...paged(page, { handle: QueryOrder.ASC, id: QueryOrder.ASC }),
    });
    return toConnection(found, viewMenu);
  });
}

export function get(ctx: RequestContext, id: string): Promise<AdminMenuView | null> {
  return inTransaction(ctx, async ({ em }) => {
    const menu = await em.findOne(Menu, { id }, { populate: ["items"] });
    return menu && viewMenu(menu);
  });
}

interface Row extends Omit<OutlineItem, "targetId" | "level"> {
  name: string;
  /** Null in the one row of a menu without items. */
  level: number | null;
  target_id: string | null;
}

/** What everybody sees of a menu; null when there is none. */
export async function getPublic(
  { tenant, db }: RequestContext,
  handle: string,
  locale: string | null | undefined,
): Promise<MenuView | null> {
  const { rows } = await db.pool.query<Row>({
    name: "storefront-menu",
    text: "select * from storefront_menu($1, $2, $3)",
    values: [tenant.id, chooseLocale(tenant, locale), handle],
  });
  const [first] = rows;
  if (!first) return null;
  return { handle, name: first.name, items: nested(rows.flatMap(itemOf)) };
}

function itemOf(row: Row): OutlineItem[] {
  const { level, label, kind, target_id: targetId, path, handle, url, shown } = row;
  return level === null ? [] : [{ level, label, kind, targetId, path, handle, url, shown }];
}
