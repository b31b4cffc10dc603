import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate, owned } from "#entities/kernel/columns";

/** Keeps the shop's categories and tags apart from the site's. */
export const scopes = ["product", "content"] as const;
export type Scope = (typeof scopes)[number];

const CategorySchema = defineEntity({
  name: "Category",
  tableName: "categories",
  properties: {
    ...aggregate,
    scope: p.string().$type<Scope>(),
    parentId: p.uuid().nullable(),
    handle: p.string(),
    position: p.integer().default(0),
    translations: () => p.oneToMany(CategoryTranslation).mappedBy("category").orphanRemoval(),
  },
});

/** A place in the tree of one scope. */
export class Category extends CategorySchema.class {}
CategorySchema.setClass(Category);

const CategoryTranslationSchema = defineEntity({
  name: "CategoryTranslation",
  tableName: "category_translations",
  properties: {
    category: () => p.manyToOne(Category).primary(),
    locale: p.string().primary(),
    ...owned,
    name: p.string(),
    description: p.text().nullable(),
  },
});

export class CategoryTranslation extends CategoryTranslationSchema.class {}
CategoryTranslationSchema.setClass(CategoryTranslation);
