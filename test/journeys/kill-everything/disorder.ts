import type { Job } from "bullmq";
import { type Onlooker, rest } from "../onlooker.ts";
import type { reachQueues } from "../reach-queues.ts";

const copied = "copy";

/** The same job once more, later; it may be tried as often as the first. */
const copyOf = ({ data, opts: { attempts, backoff } }: Job, delay: number) => ({
  name: copied,
  data,
  opts: { delay, ...(attempts && { attempts }), ...(backoff && { backoff }) },
});

/**
 * Puts jobs on their queues once more, to be done at other times than their fellows, and has events
 * handed over again, until it is over. Answers how many of each.
 */
export async function makeDisorder(
  { query }: Onlooker,
  { queues }: ReturnType<typeof reachQueues>,
  random: () => number,
  isOver: () => boolean,
): Promise<{ jobs: number; events: number }> {
  const made = { jobs: 0, events: 0 };
  const seen = new Set<string>();
  // Each has one chance: copies of copies would outnumber by far what there is to do.
  const isOriginal = ({ id, name, queueName }: Job) => {
    const key = `${queueName} ${id}`;
    if (name === copied || seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  while (!isOver()) {
    for (const queue of queues) {
      const known = await queue.getJobs(["completed", "active", "waiting"], 0, 20);
      const copies = known.flatMap((job) =>
        job && isOriginal(job) && random() < 0.3 ? [copyOf(job, Math.floor(random() * 2_000))] : [],
      );
      if (copies.length > 0) await queue.addBulk(copies);
      made.jobs += copies.length;
    }
    const again = await query(
      `update sys_events set dispatched_at = null
       where id in (select id from sys_events where dispatched_at is not null order by id desc limit 100)
         and random() < 0.03
       returning 1`,
    );
    made.events += again.length;
    await rest(300);
  }
  return made;
}
