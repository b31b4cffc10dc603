import { IndexedCategory } from "#entities/index/category";
import { IndexedContent } from "#entities/index/content";
import { IndexedProduct } from "#entities/index/product";
import { defineModule } from "#kernel/modules/module";
import { CategoryResolver } from "./category.resolver.ts";
import { NodeResolver } from "./content.resolver.ts";
import { ProductResolver } from "./product.resolver.ts";

export const storefrontModule = defineModule({
  slug: "storefront",
  name: "Storefront queries",
  version: "1.0.0",
  dependsOn: ["index", "taxonomy"],
  entities: [IndexedProduct, IndexedContent, IndexedCategory],
  resolvers: [ProductResolver, NodeResolver, CategoryResolver],
});
