import pg from "pg";
import { rest } from "./onlooker.ts";

/** For the worker: while one job is held up, others go past it. */
export const overtaking = { WORKER_CONCURRENCY: "4" };

/**
 * Every now and then has the latest events handed over once more, together with the product's, and holds
 * the job that comes of it up between its reading and its writing: later ones overtake it, and only the
 * guard keeps their work.
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
  const [{ pid }] = (await holder.query("select pg_backend_pid() as pid")).rows as [
    { pid: number },
  ];
  const isHeldUp = async () => (await owner.query(heldUp, [pid])).rows.length > 0;
  let last = productId;
  while (!isOver()) {
    await holder.query("begin");
    // One row: several would be locked in another order than projections write them.
    await holder.query(
      "select from index_products where product_id = $1 order by locale limit 1 for update",
      [productId],
    );
    const again = await owner.query<{ last: string | null }>(handOverAgain, [productId, last]);
    last = again.rows[0]?.last ?? last;
    // However busy the machine is: the job has read what it will write. None comes while all are dead.
    for (let look = 0; look < 100 && !(await isHeldUp()); look++) await rest(10);
    await rest(150);
    await holder.query("commit");
    await rest(30);
  }
  holder.release();
  await owner.end();
}

const heldUp = `
  select from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and $1 = any (pg_blocking_pids(pid))`;

/**
 * In one statement, so that the relay sees them at once and makes one job of them. Each once, and no
 * deletions: what a job that was overtaken did wrong would be put right by the next.
 */
const handOverAgain = `
  with again as (
    update sys_events set dispatched_at = null
    where dispatched_at is not null
      and (aggregate_id = $1 or id > $2 and type like 'product.%' and type <> 'product.deleted')
    returning id),
  told as (select pg_notify('rustok_outbox', ''))
  select max(id::text) as last from again, told`;
