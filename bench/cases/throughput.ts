import { setTimeout as sleep } from "node:timers/promises";
import { note } from "../note.ts";
import { startRedis } from "../redis.ts";
import { scale } from "../scale.ts";
import type { BenchServer } from "../server.ts";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";

const events = scale.quick ? 5_000 : 30_000;
const redisPort = 4_116;

/** From commit to the read model, with one worker process and with two, on either backend of the queues. No server runs meanwhile. */
export async function benchThroughput(shop: Shop): Promise<Result[]> {
  await shop.stop();
  const redis = await startRedis(redisPort);
  try {
    const onPostgres = await withOneAndTwo(shop, "PostgreSQL", {});
    const onRedis = redis && (await withOneAndTwo(shop, "Redis", { RUSTOK_REDIS_URL: redis.url }));
    return [onPostgres, ...(onRedis ? [onRedis] : [])];
  } finally {
    await redis?.stop();
  }
}

async function withOneAndTwo(
  shop: Shop,
  backend: string,
  environment: Record<string, string>,
): Promise<Result> {
  const [one, two] = [await measure(shop, 1, environment), await measure(shop, 2, environment)];
  const show = (perSecond: number) => `${Math.round(perSecond).toLocaleString("en")}/s`;
  return {
    what: `events from commit to index, 1 / 2 workers, ${backend}`,
    measured: `${show(one)} / ${show(two)}`,
    yardstick: "",
    toReach: "report",
    reached: `${(two / one).toFixed(2)} × with the second`,
  };
}

/** Events a second: all are committed at once, each of one product, and each is waited for. */
async function measure(
  shop: Shop,
  workers: number,
  environment: Record<string, string>,
): Promise<number> {
  note(`${events} events, ${workers} workers, ${Object.keys(environment)[0] ?? "PostgreSQL"}`);
  const running: BenchServer[] = [];
  try {
    for (let n = 0; n < workers; n++) running.push(await shop.process("worker", environment));
    running.push(await shop.process("relay", environment));
    const { owner, tenantId } = shop;
    await owner.query("truncate sys_events, event_jobs");
    const began = performance.now();
    await owner.query(
      `with chosen as (
         select id, row_number() over () as place, count(*) over () as of_all
         from products where tenant_id = $1
       )
       insert into sys_events (id, tenant_id, type, version, aggregate_id, revision, payload)
       select ('01000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, 'product.updated', 1, id, 1,
              jsonb_build_object('productId', id, 'revision', 1)
       from generate_series(1, $2) n join chosen on place = 1 + n % of_all`,
      [tenantId, events],
    );
    await owner.query("notify rustok_outbox");
    for (let done = 0; done < events; await sleep(20)) {
      const { rows } = await owner.query<{ done: number }>(
        "select count(*)::integer as done from event_jobs where job = 'index-products' and failure is null",
      );
      done = rows[0]?.done ?? 0;
    }
    return events / ((performance.now() - began) / 1_000);
  } finally {
    for (const server of running.reverse()) await server.stop();
  }
}
