import { setTimeout as sleep } from "node:timers/promises";
import { measured, type Measured } from "./load.ts";

/**
 * Sends so many requests a second, whatever the answers take, until `ended` resolves. A time runs from
 * when its request was due, so that a stall counts for everybody who would have come meanwhile.
 * Throws what the first request that failed threw.
 */
export async function openLoop(
  perSecond: number,
  ended: Promise<unknown>,
  send: (turn: number) => Promise<unknown>,
): Promise<Measured> {
  const began = performance.now();
  const times: number[] = [];
  const sent: Promise<void>[] = [];
  let over = false;
  void ended.catch(() => {}).then(() => (over = true));
  for (let turn = 0; !over; turn++) {
    const due = began + (turn * 1_000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    const answered = send(turn).then(() => void times.push(performance.now() - due));
    // Heard below, after the last one.
    answered.catch(() => {});
    sent.push(answered);
  }
  await Promise.all(sent);
  return measured(times, (performance.now() - began) / 1_000);
}
