import * as products from "#entities/commerce/product";
import { StockLocation } from "#entities/commerce/stock-location";
import { publishDueProducts } from "#jobs/publish-due-products";
import { defineModule } from "#kernel/modules/module";
import * as events from "./events.ts";
import { StockLocationResolver } from "./location.resolver.ts";
import { ProductResolver } from "./product.resolver.ts";
import { SalesResolver } from "./sales.resolver.ts";
import { stockLevelsHook } from "./stock-levels.hook.ts";
import { VariantResolver } from "./variant.resolver.ts";

export const commerceModule = defineModule({
  slug: "commerce",
  name: "Products",
  version: "1.0.0",
  dependsOn: ["tenants", "taxonomy"],
  entities: [
    products.Product,
    products.ProductTranslation,
    products.ProductOption,
    products.ProductImage,
    products.ProductCategory,
    products.ProductTag,
    products.ProductVariant,
    products.VariantTranslation,
    products.VariantOption,
    products.Price,
    products.InventoryLevel,
    StockLocation,
  ],
  tables: [
    "inventory_levels",
    "prices",
    "product_categories",
    "product_images",
    "product_options",
    "product_sales",
    "product_tags",
    "product_translations",
    "product_variants",
    "products",
    "stock_counts",
    "stock_locations",
    "variant_options",
    "variant_translations",
  ],
  permissions: [
    {
      name: "commerce:read",
      description: "See products, drafts included, and stock locations.",
      roles: ["manager", "editor"],
    },
    {
      name: "commerce:write",
      description: "Create, change and delete products and stock locations.",
      roles: ["manager", "editor"],
    },
    {
      name: "commerce:publish",
      description: "Make products public, and hide them.",
      roles: ["manager", "editor"],
    },
    {
      name: "inventory:cost",
      description: "See and set what variants cost the shop.",
      roles: ["manager"],
    },
    {
      name: "sales:write",
      description: "Record sales, by which searches may rank.",
      roles: ["manager"],
    },
  ],
  resolvers: [ProductResolver, VariantResolver, SalesResolver, StockLocationResolver],
  hooks: [stockLevelsHook],
  events: Object.values(events),
  schedules: [publishDueProducts],
});
