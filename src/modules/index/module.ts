import { distinct, on } from "#kernel/events/listeners";
import type { StoredEvent } from "#kernel/events/outbox";
import { defineModule } from "#kernel/modules/module";
import { indexCategories } from "#jobs/index-categories";
import { indexContent } from "#jobs/index-content";
import { indexProducts } from "#jobs/index-products";
import { refreshReadModel } from "#jobs/refresh-read-model";
import { reprojectDocuments } from "#jobs/reproject-documents";
import * as commerce from "#modules/commerce";
import * as content from "#modules/content";
import * as taxonomy from "#modules/taxonomy";
import { TenantLocalesUpdated } from "#modules/tenants";
import { PreviewReprojectionResolver } from "./preview-reprojection.resolver.ts";
import { TraceResolver } from "./trace.resolver.ts";

const revisionOf = ({ payload }: StoredEvent) => (payload as { revision: number }).revision;

export const indexModule = defineModule({
  slug: "index",
  name: "Read model",
  version: "1.0.0",
  tables: [
    "index_categories",
    "index_content",
    "index_generations",
    "index_patrol",
    "index_products",
    "search_documents",
  ],
  dependsOn: ["tenants", "taxonomy", "content", "commerce"],
  permissions: [
    {
      name: "index:read",
      description: "Trace a change through the read model.",
      roles: ["manager", "editor"],
    },
  ],
  resolvers: [TraceResolver, PreviewReprojectionResolver],
  jobs: [indexProducts, indexContent, indexCategories, reprojectDocuments, refreshReadModel],
  listeners: [
    on([TenantLocalesUpdated], refreshReadModel, (events) => [
      { payload: { revision: Math.max(...events.map(revisionOf)) }, events },
    ]),
    on(
      [
        commerce.ProductCreated,
        commerce.ProductUpdated,
        commerce.ProductPublished,
        commerce.ProductUnpublished,
        commerce.ProductDeleted,
        commerce.VariantCreated,
        commerce.VariantUpdated,
        commerce.VariantDeleted,
        commerce.PriceUpdated,
        commerce.InventoryUpdated,
        commerce.SalesRecorded,
      ],
      indexProducts,
      distinct(
        ({ productId }) => productId,
        (productIds) => ({ productIds }),
      ),
    ),
    on(
      [
        content.NodeCreated,
        content.NodeUpdated,
        content.NodePublished,
        content.NodeUnpublished,
        content.NodeDeleted,
      ],
      indexContent,
      distinct(
        ({ nodeId }) => nodeId,
        (nodeIds) => ({ nodeIds }),
      ),
    ),
    on(
      [taxonomy.CategoryCreated, taxonomy.CategoryUpdated, taxonomy.CategoryDeleted],
      indexCategories,
      distinct(
        ({ categoryId }) => categoryId,
        (categoryIds) => ({ categoryIds }),
      ),
    ),
    // Nothing shows what was only just created.
    on(
      [
        taxonomy.CategoryUpdated,
        taxonomy.CategoryDeleted,
        taxonomy.TagUpdated,
        taxonomy.TagDeleted,
        content.AuthorUpdated,
        content.AuthorDeleted,
      ],
      reprojectDocuments,
      distinct(
        ({ categoryId, tagId, authorId }) => categoryId ?? tagId ?? authorId,
        (sharedIds) => ({ sharedIds }),
      ),
    ),
  ],
});
