import { setTimeout as delay } from "node:timers/promises";

/** What `answer` resolves with; rejects when it takes longer. */
export function inTime<T>(ms: number, answer: Promise<T>): Promise<T> {
  return Promise.race([answer, tooLate(ms)]);
}

async function tooLate(ms: number): Promise<never> {
  await delay(ms, undefined, { ref: false });
  throw new Error(`no answer within ${ms} ms`);
}
