import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate, owned } from "#entities/kernel/columns";

const MenuSchema = defineEntity({
  name: "Menu",
  tableName: "menus",
  properties: {
    ...aggregate,
    handle: p.string(),
    name: p.string(),
    items: () => p.oneToMany(MenuItem).mappedBy("menu").orphanRemoval(),
  },
});

/** An outline of what a site offers. Root of its aggregate: its items change with it. */
export class Menu extends MenuSchema.class {}
MenuSchema.setClass(Menu);

const MenuItemSchema = defineEntity({
  name: "MenuItem",
  tableName: "menu_items",
  properties: {
    menu: () => p.manyToOne(Menu).primary(),
    position: p.integer().primary(),
    ...owned,
    /** 0 at the top; it is below the nearest item before it that has a lower one. */
    level: p.integer(),
    /** By locale. */
    labels: p.json<Record<string, string>>(),
    /** Shown in these alone; null in all. */
    locales: p.array().nullable(),
    pageId: p.uuid().nullable(),
    categoryId: p.uuid().nullable(),
    productId: p.uuid().nullable(),
    url: p.string().nullable(),
  },
});

/** What points at one thing: a page, a category, a product or a URL; at nothing once that is deleted. */
export class MenuItem extends MenuItemSchema.class {}
MenuItemSchema.setClass(MenuItem);
