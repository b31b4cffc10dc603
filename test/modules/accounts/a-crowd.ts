import { once } from "node:events";
import { Worker } from "node:worker_threads";

const sending = `
const { request } = require("node:http");
const { parentPort, workerData: { url, headers, bodies } } = require("node:worker_threads");
const send = (body) => new Promise((resolve, reject) => {
  const sent = request(url, { method: "POST", headers }, (answer) => {
    answer.resume();
    answer.on("end", () => resolve(answer.statusCode));
  });
  sent.on("error", reject);
  sent.end(body);
});
Promise.all(bodies.map(send)).then((statuses) => parentPort.postMessage(statuses));
`;

/** POSTs all of the bodies at once, from a thread of its own: this one is the server's. Resolves with the statuses, in order. */
export async function postAtOnce(
  url: string,
  headers: Record<string, string>,
  bodies: object[],
): Promise<number[]> {
  const workerData = { url, headers, bodies: bodies.map((body) => JSON.stringify(body)) };
  const worker = new Worker(sending, { eval: true, workerData });
  const [statuses] = (await once(worker, "message")) as [number[]];
  await worker.terminate();
  return statuses;
}
