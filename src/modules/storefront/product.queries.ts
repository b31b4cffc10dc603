import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType, registerEnumType } from "type-graphql";
import { IndexedProduct } from "#entities/index/product";
import type { RequestContext } from "#kernel/context";
import { type Connection, type PageArgs } from "#kernel/graphql/connection";
import { conditions, DateFilter, StringFilter } from "#kernel/graphql/filters";
import { chooseCurrency, chooseLocale } from "#kernel/locale";
import type { ProductDocument } from "#modules/index";
import { anyOf, MemberFilter } from "./member-filter.ts";
import { list } from "./list.ts";
import { type ProductView, viewProduct } from "./product.view.ts";

@InputType("ProductFilter")
export class ProductFilter {
  @Field(() => StringFilter, { nullable: true })
  handle?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  title?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  vendor?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  productType?: StringFilter | null;

  @Field(() => MemberFilter, { nullable: true, description: "By handle; what is below it counts." })
  category?: MemberFilter | null;

  @Field(() => MemberFilter, { nullable: true, description: "By handle." })
  tag?: MemberFilter | null;

  @Field(() => DateFilter, { nullable: true })
  publishedAt?: DateFilter | null;

  @Field(() => Boolean, { nullable: true })
  inStock?: boolean | null;
}

export enum ProductSort {
  NEWEST = "newest",
  OLDEST = "oldest",
  TITLE = "title",
}
registerEnumType(ProductSort, { name: "ProductSort" });

const orders = {
  [ProductSort.NEWEST]: { publishedAt: QueryOrder.DESC, id: QueryOrder.DESC },
  [ProductSort.OLDEST]: { publishedAt: QueryOrder.ASC, id: QueryOrder.ASC },
  [ProductSort.TITLE]: { title: QueryOrder.ASC, id: QueryOrder.ASC },
};

/** How prices and texts are wanted. */
export interface Wanted {
  locale?: string | null;
  currency?: string | null;
}

/** The published product with the handle, or null: one row, by its key, as it lies there. */
export async function get(
  { tenant, db }: RequestContext,
  handle: string,
  wanted: Wanted,
): Promise<ProductView | null> {
  const currency = chooseCurrency(tenant, wanted.currency);
  const { rows } = await db.pool.query<{ doc: string; indexed_at: Date }>({
    name: "storefront-product",
    text: "select doc, indexed_at from storefront_product($1, $2, $3)",
    values: [tenant.id, chooseLocale(tenant, wanted.locale), handle],
  });
  const [row] = rows;
  return row ? viewProduct(JSON.parse(row.doc) as ProductDocument, row.indexed_at, currency) : null;
}

export function find(
  ctx: RequestContext,
  page: PageArgs,
  wanted: Wanted,
  { category, tag, inStock, ...filter }: ProductFilter = {},
  sort = ProductSort.NEWEST,
): Promise<Connection<ProductView>> {
  const currency = chooseCurrency(ctx.tenant, wanted.currency);
  const where = {
    visible: true,
    locale: chooseLocale(ctx.tenant, wanted.locale),
    ...conditions({ ...filter }),
    ...anyOf("categoryHandles", category),
    ...anyOf("tagHandles", tag),
    ...(typeof inStock === "boolean" && { inStock }),
  };
  return list(ctx, IndexedProduct, { where, orderBy: orders[sort], page }, (found) =>
    viewProduct(found.doc as ProductDocument, found.indexedAt, currency),
  );
}
