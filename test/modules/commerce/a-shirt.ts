import type { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { createProduct, locations, products } from "#modules/commerce";
import { installation } from "#test/installation";
import { get } from "../../../src/modules/commerce/product.queries.ts";
import type { ProductView } from "../../../src/modules/commerce/product.view.ts";
import type { VariantView } from "../../../src/modules/commerce/variant.view.ts";

export type GivenProduct = z.input<ReturnType<typeof createProduct>>;

/** What an editor sees of a product: plain data. */
export interface SeenProduct extends Omit<ProductView, "variants"> {
  variants: Pick<VariantView, keyof VariantView>[];
}

/** A draft in two sizes and one colour, with two prices each, as an editor would give it. */
export function aShirt(overrides: Partial<GivenProduct> = {}): GivenProduct {
  return {
    handle: "shirt",
    vendor: "Loom",
    productType: "Shirts",
    translations: [
      { locale: "en", title: "Shirt", description: "<p>Of linen.</p>" },
      { locale: "de", title: "Hemd", seoTitle: "Ein Hemd" },
    ],
    options: [{ name: "Size" }, { name: "Colour" }],
    variants: [aVariant("S"), aVariant("M")],
    images: [{ url: "https://example.com/1.jpg", alt: "The front" }, { url: "/media/2.jpg" }],
    ...overrides,
  };
}

type GivenVariant = NonNullable<GivenProduct["variants"]>[number];

export function aVariant(size: string, overrides: GivenVariant = {}): GivenVariant {
  return {
    sku: `shirt-${size.toLowerCase()}`,
    barcode: "4006381333931",
    weightGrams: 250,
    options: [
      { name: "Size", value: size },
      { name: "Colour", value: "White" },
    ],
    translations: [{ locale: "en", title: `Shirt, ${size}` }],
    prices: [
      { currency: "EUR", amount: 1_999 },
      { currency: "USD", amount: 2_199, compareAtAmount: 2_999 },
    ],
    ...overrides,
  };
}

/** Judges the input as an edge would, creates the product, and gives what an editor sees of it. */
export async function created(
  ctx: RequestContext,
  overrides: Partial<GivenProduct> = {},
): Promise<SeenProduct> {
  const { id } = await products.create(ctx, createProduct(ctx.tenant).parse(aShirt(overrides)));
  return seen(ctx, id);
}

/** The product as an editor sees it now. Throws when there is none. */
export async function seen(ctx: RequestContext, id: string): Promise<SeenProduct> {
  const product = await get(ctx, id);
  if (!product) throw new Error(`There is no product ${id}.`);
  return product;
}

/** The first two of a list: of a shirt's variants or options. */
export function pair<Each>([first, second]: Each[]): [Each, Each] {
  if (!first || !second) throw new Error("There are no two.");
  return [first, second];
}

export async function aWarehouse(ctx: RequestContext, handle = "warehouse"): Promise<string> {
  return (await locations.create(ctx, { handle, name: "The warehouse" })).id;
}

const tables = [
  "products",
  "product_translations",
  "product_options",
  "product_images",
  "product_categories",
  "product_tags",
  "product_variants",
  "variant_translations",
  "variant_options",
  "prices",
  "inventory_levels",
  "stock_locations",
  "tombstones",
  "sys_events",
];

/** Every row the tenant's shop has, its events included, seen from behind the server's back. */
export async function rowsOf({ tenant }: RequestContext): Promise<Record<string, unknown[]>> {
  const { owner } = await installation();
  const found: Record<string, unknown[]> = {};
  for (const table of tables) {
    const { rows } = await owner.query<{ row: unknown }>(
      `select to_jsonb(t) as row from ${table} t where tenant_id = $1 order by 1`,
      [tenant.id],
    );
    if (rows.length > 0) found[table] = rows.map(({ row }) => row);
  }
  return found;
}
