import { setTimeout as delay } from "node:timers/promises";
import type { JobWorker, Process, QueuedJob } from "./backend.ts";

/** How long a backend is given to let go, or to take jobs back: it may be away. */
export const goodbyeMs = 2_000;

/** The jobs that this process is at, so that none is left locked when it stops. */
export class Hands {
  readonly #held = new Map<QueuedJob, string>();

  holding(process: Process): Process {
    return async (job, token = "") => {
      this.#held.set(job, token);
      try {
        return await process(job, token);
      } finally {
        this.#held.delete(job);
      }
    };
  }

  /**
   * Has the workers take nothing more and waits for what they are at. What is not done in time goes
   * back to its queue, where another worker has it at once and not when a lock has run out.
   */
  async emptied(workers: JobWorker[], patienceMs: number): Promise<void> {
    let closed = false;
    void Promise.allSettled(workers.map((worker) => worker.close())).then(() => (closed = true));
    const began = performance.now();
    const tookMs = () => performance.now() - began;
    const isOver = () => closed || (this.#held.size === 0 && tookMs() > goodbyeMs);
    while (!isOver() && tookMs() < patienceMs) await delay(20);
    if (closed) return;
    const back = [...this.#held].map(([job, token]) => job.moveToWait(token));
    await Promise.race([Promise.allSettled(back), delay(goodbyeMs)]);
    for (const worker of workers) void worker.disconnect().catch(() => {});
  }
}
