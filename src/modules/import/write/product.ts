import { createProduct, products } from "#modules/commerce";
import type { ProductRecord } from "../records.ts";
import { checked, type Plan, type Site } from "./plan.ts";

type Input = Parameters<typeof products.createAll>[1][number];

/** Many products are written faster together: see what takes the `input`s of several plans. */
export interface ProductPlan extends Plan {
  input: Input;
}

export function planProduct(record: ProductRecord, { tenant, idOf }: Site): ProductPlan {
  const input = checked(createProduct(tenant), {
    handle: record.handle,
    status: record.status,
    publishedAt: record.publishedAt === null ? null : new Date(record.publishedAt),
    vendor: record.vendor,
    productType: record.productType,
    translations: record.translations,
    options: record.options.map((name) => ({ name })),
    variants: record.variants.map((variant) => ({
      ...variant,
      inventory: variant.inventory.map(({ location, quantity }) => ({
        locationId: idOf("location", location),
        quantity,
      })),
    })),
    images: record.images,
    categoryIds: record.categories.map((key) => idOf("category", key)),
    tagIds: record.tags.map((key) => idOf("tag", key)),
  });
  const { status, publishedAt: _publishedAt, ...changes } = input;
  return {
    input,
    create: async (tx) => (await products.create(tx, input, [])).id,
    async update(tx, id) {
      await products.update(tx, { id, ...changes }, []);
      await (status === "published"
        ? products.publish(tx, { id }, [])
        : products.unpublish(tx, { id }, []));
    },
  };
}
