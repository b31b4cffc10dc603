import { defineModule } from "#kernel/module";
import { ContentSearchResolver } from "./content-search.resolver.ts";
import { ProductSearchResolver } from "./product-search.resolver.ts";

export const searchModule = defineModule({
  slug: "search",
  name: "Search",
  version: "1.0.0",
  dependsOn: ["index", "storefront"],
  resolvers: [ProductSearchResolver, ContentSearchResolver],
});
