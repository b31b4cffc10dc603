import { Agent, request } from "node:http";
import type { Installed } from "#test/process";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** The status of a query to the server as it would be reached by the host. */
export function askAs({ url }: Pick<Installed, "url">, host: string): Promise<number> {
  const body = JSON.stringify({ query: "{ __typename }" });
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/api/graphql`,
      {
        method: "POST",
        agent,
        headers: {
          host,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // The server closes a connection that has been idle, perhaps just as it is used again.
      if (sent.reusedSocket && error.code === "ECONNRESET")
        askAs({ url }, host).then(resolve, reject);
      else reject(error);
    });
    sent.end(body);
  });
}

/** Sends so many requests at so many a second, whatever the answers take; answers how many had each status. */
export async function load(
  count: number,
  perSecond: number,
  send: (turn: number) => Promise<number>,
): Promise<Record<number, number>> {
  const began = performance.now();
  const statuses: Record<number, number> = {};
  const sent: Promise<void>[] = [];
  for (let turn = 0; turn < count; turn++) {
    const due = began + (turn * 1_000) / perSecond - performance.now();
    if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
    const answered = send(turn).then((status) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
    });
    // Heard below, after the last one.
    answered.catch(() => {});
    sent.push(answered);
  }
  await Promise.all(sent);
  return statuses;
}

const metrics = [
  "rustok_tenant_cache_hits_total",
  "rustok_tenant_cache_negative_hits_total",
  "rustok_tenant_cache_misses_total",
  "rustok_tenant_lookups_total",
  'rustok_tenant_cache_entries{kind="found"}',
  'rustok_tenant_cache_entries{kind="none"}',
  'rustok_tenant_changes_heard{channel="PostgreSQL"}',
  'rustok_tenant_changes_heard{channel="Redis"}',
] as const;

/** What the server says on /metrics of how it finds tenants. */
export async function tenantMetrics(server: Installed) {
  const response = await fetch(`${server.url}/metrics`);
  const lines = (await response.text()).split("\n");
  const valueOf = (name: string) =>
    Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length));
  const [hits, negativeHits, misses, lookups, found, none, postgres, redis] = metrics.map(valueOf);
  return {
    counts: { hits, negativeHits, misses, lookups },
    remembered: { found, none },
    hears: { postgres, redis },
  };
}
