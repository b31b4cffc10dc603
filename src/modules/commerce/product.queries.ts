import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType, registerEnumType } from "type-graphql";
import { Product, type ProductStatus } from "#entities/commerce/product";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { paged, toConnection, type Connection, type PageArgs } from "#kernel/graphql/connection";
import { condition, conditions, DateFilter, IdFilter, StringFilter } from "#kernel/graphql/filters";
import { type ProductPart, wholeProduct } from "./load.ts";
import { ProductStatusEnum } from "./product.input.ts";
import { viewProduct, type ProductView } from "./product.view.ts";

@InputType("AdminProductFilter", { description: "All that are given must hold." })
export class ProductFilter {
  @Field(() => ProductStatusEnum, { nullable: true })
  status?: ProductStatus | null;

  @Field(() => StringFilter, { nullable: true })
  handle?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  vendor?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  productType?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "In any locale." })
  title?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "Of any variant." })
  sku?: StringFilter | null;

  @Field(() => IdFilter, { nullable: true, description: "Assigned itself, not through a child." })
  categoryId?: IdFilter | null;

  @Field(() => IdFilter, { nullable: true })
  tagId?: IdFilter | null;

  @Field(() => DateFilter, { nullable: true, description: "What is to become public by itself." })
  publishAt?: DateFilter | null;

  @Field(() => DateFilter, { nullable: true, description: "What is to be public no longer." })
  unpublishAt?: DateFilter | null;

  @Field(() => DateFilter, { nullable: true })
  updatedAt?: DateFilter | null;
}

export enum ProductSort {
  HANDLE = "handle",
  NEWEST = "newest",
  TITLE = "title",
  UPDATED = "updated",
}
registerEnumType(ProductSort, {
  name: "AdminProductSort",
  valuesConfig: { TITLE: { description: "By the title in the tenant's default locale." } },
});

const orders = {
  [ProductSort.HANDLE]: { handle: QueryOrder.ASC, id: QueryOrder.ASC },
  [ProductSort.NEWEST]: { id: QueryOrder.DESC },
  [ProductSort.TITLE]: { title: QueryOrder.ASC, id: QueryOrder.ASC },
  [ProductSort.UPDATED]: { updatedAt: QueryOrder.DESC, id: QueryOrder.DESC },
};

export function find(
  ctx: RequestContext,
  page: PageArgs,
  filter: ProductFilter = {},
  sort = ProductSort.NEWEST,
  parts: readonly ProductPart[] = wholeProduct,
): Promise<Connection<ProductView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(Product, {
      where: matching(filter),
      populate: [...parts, "title"],
      ...paged(page, orders[sort]),
    });
    return toConnection(found, viewProduct);
  });
}

export function get(
  ctx: RequestContext,
  id: string,
  parts: readonly ProductPart[] = wholeProduct,
): Promise<ProductView | null> {
  return inTransaction(ctx, async ({ em }) => {
    const product = await em.findOne(Product, { id }, { populate: parts });
    return product && viewProduct(product);
  });
}

function matching({ status, title, sku, categoryId, tagId, ...own }: ProductFilter) {
  return {
    ...conditions(own),
    ...(status && { status }),
    ...some("translations", "title", title),
    ...some("variants", "sku", sku),
    ...some("categories", "categoryId", categoryId),
    ...some("tags", "tagId", tagId),
  };
}

/** Holds for a product of whose `parts` one has a `field` as asked. */
function some(parts: string, field: string, asked: StringFilter | IdFilter | null | undefined) {
  const found = condition(asked);
  return found && { [parts]: { $some: { [field]: found } } };
}
