import { compare, describe, load } from "../load.ts";
import { startYardstick } from "../server.ts";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";

const port = 4_114;
const seconds = 5;

/** What the question costs whose a request is, by its host, against the same route without it. */
export async function benchTenants({ databaseUrl }: Pick<Shop, "databaseUrl">): Promise<Result> {
  const server = await startYardstick("bench/yardsticks/tenant-route.ts", [
    String(port),
    databaseUrl,
  ]);
  const ask = (path: string) => load(`http://127.0.0.1:${port}`, [{ path }], seconds);
  try {
    const { ours, yardstick } = await compare(
      () => ask("/tenant"),
      () => ask("/bare"),
    );
    const microseconds = 1e6 / ours.perSecond - 1e6 / yardstick.perSecond;
    return {
      what: "whose a request is, by its host",
      measured: describe(ours),
      yardstick: `the same route without: ${describe(yardstick)}`,
      toReach: "report",
      reached: `${microseconds.toFixed(1)} µs`,
    };
  } finally {
    server.kill();
  }
}
