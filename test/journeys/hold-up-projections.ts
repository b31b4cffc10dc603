import pg from "pg";
import { rest } from "./onlooker.ts";

/** For the worker: while one job is held up, others go past it. */
export const overtaking = { WORKER_CONCURRENCY: "4" };

/**
 * Every now and then has the latest events handed over once more, together with the product's latest, and
 * holds the job that comes of it up between its reading and its writing: later ones overtake it, and
 * only the guard keeps their work.
 */
export async function holdUpProjections(
  url: string,
  productId: string,
  isOver: () => boolean,
): Promise<void> {
  const owner = new pg.Pool({ connectionString: url, max: 2 });
  // When a test ends early, its database goes first: what broke is said by the test alone.
  owner.on("error", () => {});
  const holder = await owner.connect();
  holder.on("error", () => {});
  while (!isOver()) {
    await holder.query("begin");
    // One row: several would be locked in another order than projections write them.
    await holder.query(
      "select from index_products where product_id = $1 order by locale limit 1 for update",
      [productId],
    );
    await owner.query(handOverAgain, [productId]);
    await rest(150);
    await holder.query("commit");
    await rest(30);
  }
  holder.release();
  await owner.end();
}

/** In one statement, so that the relay sees them at once and makes one job of them. */
const handOverAgain = `
  with again as (
    update sys_events set dispatched_at = null
    where dispatched_at is not null and id in (
      (select id from sys_events where aggregate_id = $1 order by id desc limit 1)
      union all
      (select id from sys_events order by id desc limit 10))
    returning 1)
  select pg_notify('rustok_outbox', '') from (select count(*) from again) done`;
