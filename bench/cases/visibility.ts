import { setTimeout as sleep } from "node:timers/promises";
import type { Ask } from "../graphql.ts";
import { percentile } from "../load.ts";
import { renameProduct } from "../queries.ts";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";

const rounds = 100;

/** From sending a rename until a search by the new name finds it, nothing else going on. */
export async function benchVisibility(shop: Shop): Promise<Result> {
  const ask = await shop.asAdministrator();
  const { adminProducts } = await ask<{ adminProducts: { edges: { node: { id: string } }[] } }>(
    `{ adminProducts(first: 100, filter: { status: published }) { edges { node { id } } } }`,
  );

  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const id = adminProducts.edges[round % adminProducts.edges.length]?.node.id;
    // Words that are in no other title, and unlike each other.
    const title = `xq${(round * 7_919 + 104_729).toString(36)}zv${round.toString(36)}`;
    times.push((await untilFound(ask, id, title)).took);
  }
  const [p50, p95, p99] = [50, 95, 99].map((p) => percentile(times, p).toFixed(0));
  return {
    what: "mutation → visible in search, idle, PostgreSQL",
    measured: `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`,
    yardstick: "",
    toReach: "p50 ≤ 50 ms, p95 ≤ 150 ms",
    reached: `${p50} / ${p95} ms`,
  };
}

/** Gives a product a title that is in no other, and resolves when a search finds it: after how many milliseconds, and by which engine. */
export async function untilFound(
  ask: Ask,
  id: string | undefined,
  title: string,
  askMs = 0,
): Promise<{ took: number; engine: string }> {
  const began = performance.now();
  await ask(renameProduct, { input: { id, translations: [{ locale: "en", title }] } });
  for (;;) {
    const { searchProducts } = await ask<{
      searchProducts: { engine: string; edges: { node: { title: string } }[] };
    }>(
      `query ($query: String!) { searchProducts(query: $query, first: 1) { engine edges { node { title } } } }`,
      { query: title },
    );
    const { engine, edges } = searchProducts;
    if (edges[0]?.node.title === title) return { took: performance.now() - began, engine };
    if (askMs > 0) await sleep(askMs);
  }
}
