import type { Pool } from "pg";
import { compare, load } from "../load.ts";
import { productDetail } from "../queries.ts";
import { startYardstick } from "../server.ts";
import type { Result } from "../table.ts";

const port = 4_111;
const seconds = 5;

/** A product's page through GraphQL, against the least that sending one row can cost. */
export async function benchDetail(on: {
  url: string;
  owner: Pool;
  databaseUrl: string;
  tenantId: string;
}): Promise<Result> {
  const { rows } = await on.owner.query<{ handle: string }>(
    `select handle from index_products where tenant_id = $1 and locale = 'en' and visible
     order by product_id desc limit 1000`,
    [on.tenantId],
  );
  const bare = await startYardstick("bench/yardsticks/koa-row.ts", [
    String(port),
    on.databaseUrl,
    on.tenantId,
  ]);
  try {
    const query = JSON.stringify(productDetail);
    const { ours, yardstick, ratio } = await compare(
      () =>
        load(
          on.url,
          rows.map(({ handle }) => ({
            path: "/api/graphql",
            body: `{"query":${query},"variables":{"handle":"${handle}"}}`,
          })),
          seconds,
        ),
      () =>
        load(
          `http://127.0.0.1:${port}`,
          rows.map(({ handle }) => ({ path: `/products/${encodeURIComponent(handle)}` })),
          seconds,
        ),
    );
    return {
      what: `GraphQL product detail, 20 fields and variants, over ${rows.length} handles`,
      measured: describe(ours),
      yardstick: `Koa route with one row: ${describe(yardstick)}`,
      toReach: "≥ 0.5",
      reached: ratio.toFixed(2),
    };
  } finally {
    bare.kill();
  }
}

export const describe = ({
  perSecond,
  p50,
  p99,
}: {
  perSecond: number;
  p50: number;
  p99: number;
}) => `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
