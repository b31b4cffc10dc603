import { createPostgresBackend, Queue } from "bullmq";
import pg from "pg";
import { afterwards } from "#test/afterwards";

const projections = ["index-products", "index-categories", "reproject-documents"];

/** Reaches the queues as BullMQ has them. */
export function reachQueues(url: string) {
  const connection = new pg.Pool({
    connectionString: url,
    options: "-c search_path=bullmq",
    max: 2,
  });
  connection.on("error", () => {});
  connection.setMaxListeners(0);
  const queueOf = (name: string) => new Queue(name, { connection }, createPostgresBackend);
  const queues = projections.map(queueOf);
  const patrol = queueOf("patrol-index");
  afterwards(async () => {
    await Promise.all([...queues, patrol].map((queue) => queue.close()));
    await connection.end();
  });
  return {
    queues,
    /** Of the drift that it repairs, a journey is to show that there is none. */
    pausePatrol: () => patrol.pause(),
  };
}
