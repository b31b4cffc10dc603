import { performance } from "node:perf_hooks";
import type { Administrator } from "../an-administrator.ts";
import { rest } from "../onlooker.ts";

const create = "mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }";
const update = "mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }";

/** How long a client goes on trying. */
const patienceMs = 30_000;

/** Sends a write to one server, and where that does not answer to the next, as a load balancer does. */
async function send(
  servers: Administrator[],
  first: number,
  query: string,
  variables: Record<string, unknown>,
): Promise<boolean> {
  const until = performance.now() + patienceMs;
  for (let turn = first; performance.now() < until; turn++) {
    if (await servers[turn % servers.length]?.attempt(query, variables)) return true;
    await rest(50);
  }
  return false;
}

export async function someProducts(administrator: Administrator, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const handle = `product-${n}`;
    const answer = await administrator.attempt<{ createProduct: { id: string } }>(create, {
      input: {
        handle,
        status: "published",
        translations: [{ locale: "en", title: `Made as ${handle}` }],
        variants: [{ sku: handle, prices: [{ currency: "EUR", amount: 1_000 }] }],
      },
    });
    if (answer) ids.push(answer.createProduct.id);
  }
  return ids;
}

/** Writes so often a second, whatever the answers take. Answers how many never succeeded, and what the last title of each product was to be. */
export function write(options: {
  servers: Administrator[];
  products: string[];
  count: number;
  perSecond: number;
}) {
  const { servers, products, count, perSecond } = options;
  let sent = 0;
  const done = (async () => {
    const began = performance.now();
    const underWay: Promise<boolean>[] = [];
    for (; sent < count; sent++) {
      const dueMs = (sent / perSecond) * 1_000 - (performance.now() - began);
      if (dueMs > 0) await rest(dueMs);
      const id = products[sent % products.length];
      const input = { id, translations: [{ locale: "en", title: `Title ${sent}` }] };
      underWay.push(send(servers, sent, update, { input }));
    }
    const outcomes = await Promise.all(underWay);
    return { failed: outcomes.filter((written) => !written).length };
  })();
  return { done, share: () => sent / count };
}
