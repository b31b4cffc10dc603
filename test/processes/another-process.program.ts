import { claimFolder } from "#processes/folder-claim";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import type { Release } from "#processes/held-file";
import type { Answer, Order } from "./another-process.ts";

let stop: Release | undefined;

process.on("message", (order: Order) => {
  carryOut(order).then(
    (answer) => process.send?.(answer),
    (error: Error) => process.send?.({ error: error.message }),
  );
});

async function carryOut(order: Order): Promise<Answer> {
  if (order.what === "claim") {
    await claimFolder(order.directory);
    return {};
  }
  if (order.what === "stop") {
    await stop?.();
    return {};
  }
  const postgres = await startEmbeddedPostgres({
    directory: order.directory,
    settings: order.settings,
  });
  stop = postgres.stop;
  return { url: postgres.url, reused: postgres.reused };
}
