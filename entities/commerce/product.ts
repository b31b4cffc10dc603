import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate, owned } from "#entities/kernel/columns";

export const productStatuses = ["draft", "published"] as const;
export type ProductStatus = (typeof productStatuses)[number];

const ProductSchema = defineEntity({
  name: "Product",
  tableName: "products",
  properties: {
    ...aggregate,
    handle: p.string(),
    status: p.string().$type<ProductStatus>().default("draft"),
    vendor: p.string().nullable(),
    productType: p.string().nullable(),
    /** From -100 to 100: how much the shop wants it seen before others that match a search as well. */
    boost: p.integer().default(0),
    /** When it was first made public; kept while it is unpublished. */
    publishedAt: p.datetime().nullable(),
    /** When it is to become public by itself; null once it has. */
    publishAt: p.datetime().nullable(),
    /** When it is to be public no longer; null once it is not. */
    unpublishAt: p.datetime().nullable(),
    /** What a list sorts it by: its title in the tenant's default locale, else in any. */
    title: p
      .string()
      .formula(
        ({ id }) => `coalesce((
          select t.title collate "unicode"
          from product_translations t join tenants on tenants.id = t.tenant_id
          where t.product_id = ${id}
          order by t.locale <> tenants.default_locale, t.locale
          limit 1), '')`,
      )
      .lazy(),
    translations: () => p.oneToMany(ProductTranslation).mappedBy("product").orphanRemoval(),
    options: () => p.oneToMany(ProductOption).mappedBy("product").orphanRemoval(),
    variants: () => p.oneToMany(ProductVariant).mappedBy("product").orphanRemoval(),
    images: () => p.oneToMany(ProductImage).mappedBy("product").orphanRemoval(),
    categories: () => p.oneToMany(ProductCategory).mappedBy("product").orphanRemoval(),
    tags: () => p.oneToMany(ProductTag).mappedBy("product").orphanRemoval(),
  },
});

/** What a shop sells, in one or more variants. Root of its aggregate: all in this file change with it. */
export class Product extends ProductSchema.class {
  /** Returns whether that changed anything. */
  publish(now: Date): boolean {
    if (this.status === "published") return false;
    this.status = "published";
    this.publishedAt ??= now;
    this.publishAt = null;
    return true;
  }

  /** Returns whether that changed anything. */
  unpublish(): boolean {
    if (this.status === "draft") return false;
    this.status = "draft";
    this.unpublishAt = null;
    return true;
  }
}
ProductSchema.setClass(Product);

const ProductTranslationSchema = defineEntity({
  name: "ProductTranslation",
  tableName: "product_translations",
  properties: {
    product: () => p.manyToOne(Product).primary(),
    locale: p.string().primary(),
    ...owned,
    title: p.string(),
    /** HTML, sanitised. */
    description: p.text().default(""),
    seoTitle: p.string().nullable(),
    seoDescription: p.string().nullable(),
  },
});

export class ProductTranslation extends ProductTranslationSchema.class {}
ProductTranslationSchema.setClass(ProductTranslation);

const ProductOptionSchema = defineEntity({
  name: "ProductOption",
  tableName: "product_options",
  properties: {
    id: p.uuid().primary(),
    product: () => p.manyToOne(Product),
    ...owned,
    name: p.string(),
    position: p.integer(),
  },
});

/** What the variants differ in, such as Size. */
export class ProductOption extends ProductOptionSchema.class {}
ProductOptionSchema.setClass(ProductOption);

const ProductImageSchema = defineEntity({
  name: "ProductImage",
  tableName: "product_images",
  properties: {
    id: p.uuid().primary(),
    product: () => p.manyToOne(Product),
    ...owned,
    url: p.text(),
    alt: p.string().nullable(),
    position: p.integer(),
  },
});

export class ProductImage extends ProductImageSchema.class {}
ProductImageSchema.setClass(ProductImage);

const ProductCategorySchema = defineEntity({
  name: "ProductCategory",
  tableName: "product_categories",
  properties: {
    product: () => p.manyToOne(Product).primary(),
    categoryId: p.uuid().primary(),
    ...owned,
  },
});

export class ProductCategory extends ProductCategorySchema.class {}
ProductCategorySchema.setClass(ProductCategory);

const ProductTagSchema = defineEntity({
  name: "ProductTag",
  tableName: "product_tags",
  properties: {
    product: () => p.manyToOne(Product).primary(),
    tagId: p.uuid().primary(),
    ...owned,
  },
});

export class ProductTag extends ProductTagSchema.class {}
ProductTagSchema.setClass(ProductTag);

const ProductVariantSchema = defineEntity({
  name: "ProductVariant",
  tableName: "product_variants",
  properties: {
    id: p.uuid().primary(),
    product: () => p.manyToOne(Product),
    ...owned,
    sku: p.string().nullable(),
    barcode: p.string().nullable(),
    weightGrams: p.integer().nullable(),
    /** What one costs the shop, in minor units of `costCurrency`; both or neither. */
    costAmount: p.bigint("number").nullable(),
    costCurrency: p.string().nullable(),
    position: p.integer().default(0),
    translations: () => p.oneToMany(VariantTranslation).mappedBy("variant").orphanRemoval(),
    options: () => p.oneToMany(VariantOption).mappedBy("variant").orphanRemoval(),
    prices: () => p.oneToMany(Price).mappedBy("variant").orphanRemoval(),
    inventory: () => p.oneToMany(InventoryLevel).mappedBy("variant").orphanRemoval(),
  },
});

/** What one puts into the basket: a product in one combination of its options. */
export class ProductVariant extends ProductVariantSchema.class {}
ProductVariantSchema.setClass(ProductVariant);

const VariantTranslationSchema = defineEntity({
  name: "VariantTranslation",
  tableName: "variant_translations",
  properties: {
    variant: () => p.manyToOne(ProductVariant).primary(),
    locale: p.string().primary(),
    ...owned,
    title: p.string(),
  },
});

export class VariantTranslation extends VariantTranslationSchema.class {}
VariantTranslationSchema.setClass(VariantTranslation);

const VariantOptionSchema = defineEntity({
  name: "VariantOption",
  tableName: "variant_options",
  properties: {
    variant: () => p.manyToOne(ProductVariant).primary(),
    option: () => p.manyToOne(ProductOption).primary(),
    ...owned,
    value: p.string(),
  },
});

/** The value a variant has for one option of its product: Size = M. */
export class VariantOption extends VariantOptionSchema.class {}
VariantOptionSchema.setClass(VariantOption);

const PriceSchema = defineEntity({
  name: "Price",
  tableName: "prices",
  properties: {
    variant: () => p.manyToOne(ProductVariant).primary(),
    /** ISO 4217. */
    currency: p.string().primary(),
    ...owned,
    /** Minor units of the currency: 1999 is 19.99 EUR and 1999 JPY. */
    amount: p.bigint("number"),
    /** What it cost before, in the same units; always more than `amount`. */
    compareAtAmount: p.bigint("number").nullable(),
  },
});

export class Price extends PriceSchema.class {}
PriceSchema.setClass(Price);

const InventoryLevelSchema = defineEntity({
  name: "InventoryLevel",
  tableName: "inventory_levels",
  properties: {
    variant: () => p.manyToOne(ProductVariant).primary(),
    locationId: p.uuid().primary(),
    ...owned,
    /** On hand; below zero means oversold. */
    quantity: p.integer(),
  },
});

export class InventoryLevel extends InventoryLevelSchema.class {}
InventoryLevelSchema.setClass(InventoryLevel);
