import type { ScheduledJob } from "#kernel/jobs/job";
import type { JobQueue } from "./backend.ts";

/** How soon a schedule is put back that its backend has lost. */
const lookMs = 10_000;
/** How long a start waits for a backend that is away; the schedule is then made when it is back. */
const patienceMs = 2_000;

/** Puts the schedule on its queue, and back on it whenever it is gone. Answers how to stop that. */
export async function keepScheduled(
  queue: JobQueue,
  { name, everyMs }: ScheduledJob,
  onError: (error: Error) => void,
): Promise<() => void> {
  let made = false;
  let underWay: Promise<void> | undefined;

  async function make(): Promise<void> {
    if (made && (await queue.getJobScheduler(name))) return;
    await queue.upsertJobScheduler(
      name,
      { every: everyMs },
      { opts: { removeOnComplete: { count: 20 }, removeOnFail: { count: 20 } } },
    );
    made = true;
  }
  const look = () =>
    (underWay ??= make()
      .catch(onError)
      .finally(() => (underWay = undefined)));

  const timer = setInterval(() => void look(), lookMs);
  let tooLate: NodeJS.Timeout | undefined;
  await Promise.race([look(), new Promise((go) => (tooLate = setTimeout(go, patienceMs)))]);
  clearTimeout(tooLate);
  return () => clearInterval(timer);
}
