import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { Menu } from "#entities/pages/menu";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";

@ObjectType("AdminMenuLabel", { simpleResolvers: true })
class MenuLabelView {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  label!: string;
}

@ObjectType("AdminMenuItem", {
  simpleResolvers: true,
  description: "Points at one thing, or at nothing once that has been deleted.",
})
class AdminMenuItemView {
  @Field(() => Int, { description: "Below the nearest item before it that has a lower one." })
  level!: number;

  @Field(() => [MenuLabelView])
  labels!: MenuLabelView[];

  @Field(() => [String], { nullable: true, description: "Shown in these alone; null: in all." })
  locales!: string[] | null;

  @Field(() => GraphQLId, { nullable: true })
  pageId!: string | null;

  @Field(() => GraphQLId, { nullable: true })
  categoryId!: string | null;

  @Field(() => GraphQLId, { nullable: true })
  productId!: string | null;

  @Field(() => String, { nullable: true })
  url!: string | null;
}

@ObjectType("AdminMenu", { simpleResolvers: true })
export class AdminMenuView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [AdminMenuItemView])
  items!: AdminMenuItemView[];

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export const AdminMenuConnection = connectionOf(() => AdminMenuView, "AdminMenu");

/** The menu must be loaded with its items. */
export function viewMenu(menu: Menu): AdminMenuView {
  const { id, revision, handle, name, createdAt, updatedAt } = menu;
  const items = menu.items.getItems().toSorted((one, other) => one.position - other.position);
  return {
    id,
    revision,
    handle,
    name,
    createdAt,
    updatedAt,
    items: items.map((item) => ({
      level: item.level,
      labels: Object.entries(item.labels)
        .map(([locale, label]) => ({ locale, label }))
        .toSorted((one, other) => (one.locale < other.locale ? -1 : 1)),
      locales: item.locales ?? null,
      pageId: item.pageId ?? null,
      categoryId: item.categoryId ?? null,
      productId: item.productId ?? null,
      url: item.url ?? null,
    })),
  };
}

@ObjectType("MenuItem", { simpleResolvers: true })
export class MenuItemView {
  @Field(() => String)
  label!: string;

  @Field(() => String, { description: "page, category, product or url." })
  kind!: string;

  @Field(() => GraphQLId, { nullable: true, description: "Of the page, category or product." })
  targetId!: string | null;

  @Field(() => String, { nullable: true, description: "Of a page." })
  path!: string | null;

  @Field(() => String, { nullable: true, description: "Of a category or product." })
  handle!: string | null;

  @Field(() => String, { nullable: true })
  url!: string | null;

  @Field(() => [MenuItemView])
  children!: MenuItemView[];
}

@ObjectType("Menu", { simpleResolvers: true })
export class MenuView {
  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [MenuItemView])
  items!: MenuItemView[];
}

/** An item as it lies in the outline; not to be shown while what it points at is not public. */
export interface OutlineItem extends Omit<MenuItemView, "children"> {
  level: number;
  shown: boolean;
}

/** The outline as a tree. With an item that is not shown goes what is below it. */
export function nested(outline: OutlineItem[]): MenuItemView[] {
  const roots: MenuItemView[] = [];
  const above: (MenuItemView[] | null)[] = [roots];
  for (const { level, shown, ...item } of outline) {
    const siblings = above[level] ?? null;
    above.length = level + 1;
    const view = { ...item, children: [] };
    if (shown && siblings) siblings.push(view);
    above.push(shown && siblings ? view.children : null);
  }
  return roots;
}
