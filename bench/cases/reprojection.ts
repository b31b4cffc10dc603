import { pino } from "pino";
import { systemContext } from "#kernel/context";
import { openDatabase } from "#kernel/database/database";
import { assemble } from "#kernel/modules/registry";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { modules } from "#modules";
import { refreshProducts } from "#modules/index";
import { percentile } from "../load.ts";
import { products } from "../scale.ts";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";

const rounds = 300;

/** One product's documents written anew, among many against among few; no server runs meanwhile. */
export async function benchReprojection(large: Shop, small: Shop): Promise<Result> {
  const [ofLarge, ofSmall] = await Promise.all([refreshing(large), refreshing(small)]);
  const times = { large: [] as number[], small: [] as number[] };
  for (let round = -20; round < rounds; round++) {
    const [many, few] = [await ofLarge.refresh(round), await ofSmall.refresh(round)];
    if (round < 0) continue;
    times.large.push(many);
    times.small.push(few);
  }
  await Promise.all([ofLarge.end(), ofSmall.end()]);
  const show = (taken: number[]) =>
    `p50 ${percentile(taken, 50).toFixed(2)} ms, p99 ${percentile(taken, 99).toFixed(2)} ms`;
  return {
    what: `one re-projection among ${products(large.products)}`,
    measured: show(times.large),
    yardstick: `among ${small.products.toLocaleString("en")}: ${show(times.small)}`,
    toReach: "≤ 1.2 ×",
    reached: `${(percentile(times.large, 50) / percentile(times.small, 50)).toFixed(2)} ×`,
  };
}

async function refreshing(shop: Shop) {
  const { entities } = assemble(modules);
  const db = await openDatabase({ url: shop.databaseUrl, poolSize: 1, entities });
  const tenant = await findTenant(db, { id: shop.tenantId });
  if (!tenant) throw new Error("There is no such shop.");
  const ctx = systemContext(db, tenant, pino({ level: "silent" }));
  const { rows } = await shop.owner.query<{ id: string }>(
    "select id from products where tenant_id = $1 order by md5(id::text) limit 1000",
    [shop.tenantId],
  );
  return {
    async refresh(turn: number) {
      const { id } = rows[(turn + rows.length) % rows.length] ?? { id: "" };
      const began = performance.now();
      await refreshProducts(ctx, [id]);
      return performance.now() - began;
    },
    end: () => db.close(),
  };
}
