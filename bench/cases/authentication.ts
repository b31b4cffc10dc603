import { compare, describe, load, type Measured } from "../load.ts";
import { productDetail } from "../queries.ts";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";

const seconds = 5;

/** What it costs a request to say who asks: the same as a visitor's, by a person and by an integration. */
export async function benchAuthentication(shop: Shop): Promise<Result[]> {
  const { owner, server, tenantId } = shop;
  const { rows } = await owner.query<{ handle: string }>(
    "select handle from live_products where tenant_id = $1 and locale = 'en' and visible limit 1",
    [tenantId],
  );
  const body = JSON.stringify({ query: productDetail, variables: { handle: rows[0]?.handle } });
  const ask = (headers: Record<string, string>): Promise<Measured> =>
    load(server.url, [{ path: "/api/graphql", body, headers }], seconds);
  const results: Result[] = [];
  for (const [who, credential] of [
    ["a person's access token", await shop.administratorToken()],
    ["an API key", await anApiKey(shop)],
  ]) {
    const { ours, yardstick, ratio } = await compare(
      () => ask({ authorization: `Bearer ${credential}` }),
      () => ask({}),
    );
    const microseconds = 1_000_000 / ours.perSecond - 1_000_000 / yardstick.perSecond;
    results.push({
      what: `authentication: a product's page with ${who}`,
      measured: `${describe(ours)}; ${microseconds.toFixed(0)} µs more`,
      yardstick: `without: ${describe(yardstick)}`,
      toReach: "≥ 0.9",
      reached: ratio.toFixed(2),
    });
  }
  return results;
}

async function anApiKey(shop: Shop): Promise<string> {
  const ask = await shop.asAdministrator();
  const { createApiKey } = await ask<{ createApiKey: { key: string } }>(
    'mutation { createApiKey(input: { name: "Bench", scopes: ["content:read"] }) { key } }',
  );
  return createApiKey.key;
}
