import { Category, CategoryTranslation } from "#entities/taxonomy/category";
import { Tag } from "#entities/taxonomy/tag";
import { defineModule } from "#kernel/modules/module";
import { CategoryResolver } from "./category.resolver.ts";
import * as events from "./events.ts";
import { TagResolver } from "./tag.resolver.ts";

export const taxonomyModule = defineModule({
  slug: "taxonomy",
  name: "Categories and tags",
  version: "1.0.0",
  dependsOn: ["tenants"],
  entities: [Category, CategoryTranslation, Tag],
  tables: ["categories", "category_translations", "tags"],
  permissions: [
    {
      name: "taxonomy:read",
      description: "See categories and tags.",
      roles: ["manager", "editor"],
    },
    {
      name: "taxonomy:write",
      description: "Create, change and delete categories and tags.",
      roles: ["manager", "editor"],
    },
  ],
  resolvers: [CategoryResolver, TagResolver],
  events: Object.values(events),
});
