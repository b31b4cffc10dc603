import { compare, describe, load, type Measured } from "../load.ts";
import { productDetail } from "../queries.ts";
import { products } from "../scale.ts";
import { startYardstick } from "../server.ts";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";

const port = 4_112;
const seconds = 5;

/** A product's page through GraphQL, against the least that sending one row can cost. */
export async function benchDetail(shop: Shop): Promise<Result> {
  const handles = await someHandles(shop);
  const bare = await startYardstick("bench/yardsticks/koa-row.ts", [
    String(port),
    shop.databaseUrl,
    shop.tenantId,
  ]);
  const shots = handles.map((handle) => ({ path: `/products/${encodeURIComponent(handle)}` }));
  try {
    const { ours, yardstick, ratio } = await compare(
      () => readDetails(shop, handles),
      () => load(`http://127.0.0.1:${port}`, shots, seconds),
    );
    return {
      what: `GraphQL product detail, 20 fields and variants, over ${handles.length} handles`,
      measured: describe(ours),
      yardstick: `Koa route with one row: ${describe(yardstick)}`,
      toReach: "≥ 0.5",
      reached: ratio.toFixed(2),
    };
  } finally {
    bare.kill();
  }
}

/** The same among many products against among few. */
export async function benchDetailByScale(large: Shop, small: Shop): Promise<Result> {
  const [ofLarge, ofSmall] = await Promise.all([someHandles(large), someHandles(small)]);
  const { ours, yardstick, ratio } = await compare(
    () => readDetails(large, ofLarge),
    () => readDetails(small, ofSmall),
  );
  return {
    what: `product detail among ${products(large.products)}`,
    measured: describe(ours),
    yardstick: `among ${small.products.toLocaleString("en")}: ${describe(yardstick)}`,
    toReach: "≤ 1.1 × the time",
    reached: `${(1 / ratio).toFixed(2)} ×`,
  };
}

/** Of a thousand products from all over the catalogue. */
export async function someHandles({ owner, tenantId }: Shop): Promise<string[]> {
  const { rows } = await owner.query<{ handle: string }>(
    `select handle from live_products where tenant_id = $1 and locale = 'en' and visible
     order by md5(product_id::text) limit 1000`,
    [tenantId],
  );
  return rows.map(({ handle }) => handle);
}

function readDetails({ server }: Shop, handles: string[]): Promise<Measured> {
  const query = JSON.stringify(productDetail);
  const shots = handles.map((handle) => ({
    path: "/api/graphql",
    body: `{"query":${query},"variables":{"handle":"${handle}"}}`,
  }));
  return load(server.url, shots, seconds);
}
