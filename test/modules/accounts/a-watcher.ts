import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** Asks an address every 20 ms, whether answers come or not: who waits for one before the next asks least when it is slow. */
const watching = `
const { Agent, get } = require("node:http");
const { parentPort, workerData: url } = require("node:worker_threads");
const agent = new Agent({ keepAlive: true });
const times = [];
const ask = () => {
  const began = performance.now();
  const sent = get(url, { agent }, (answer) => {
    answer.resume();
    answer.on("end", () => times.push(answer.statusCode === 200 ? performance.now() - began : Infinity));
  });
  sent.on("error", () => times.push(Infinity));
};
const pace = setInterval(ask, 20);
parentPort.on("message", () => {
  clearInterval(pace);
  get(url, { agent }, (answer) => {
    answer.resume();
    answer.on("end", () => parentPort.postMessage(times));
  });
});
ask();
`;

/** Looks how long an address takes to answer, from a thread of its own: a busy test would see its own delays. */
export interface Watcher {
  /** Resolves with all the times in milliseconds, the shortest first. */
  stop(): Promise<number[]>;
}

export function watch(url: string): Watcher {
  const worker = new Worker(watching, { eval: true, workerData: url });
  return {
    async stop() {
      worker.postMessage("stop");
      const [times] = (await once(worker, "message")) as [number[]];
      await worker.terminate();
      return times.toSorted((a, b) => a - b);
    },
  };
}
