import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Shop } from "../shop.ts";
import type { Result } from "../table.ts";

/** At most so many deliveries, and not for longer. */
const most = 2_000;
const patienceMs = 120_000;

/** As many at a time as one worker asks one endpoint. */
const atATime = 8;

/**
 * Deliveries a second of one worker to one endpoint: built, signed, sent and logged. The yardstick is a
 * process that has nothing to do but to send the same bodies.
 */
export async function benchWebhooks(shop: Shop): Promise<Result> {
  const ask = await shop.asAdministrator();
  const bodies: string[] = [];
  const receiver = await listen((body) => bodies.push(body));
  const { port } = receiver.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const { made } = await ask<{ made: { endpoint: { id: string } } }>(
    `mutation ($input: CreateWebhookEndpointInput!) {
       made: createWebhookEndpoint(input: $input) { endpoint { id } } }`,
    { input: { url, patterns: ["product.*"] } },
  );
  const { id } = made.endpoint;
  const { rows } = await shop.owner.query<{ since: string; events: number }>(
    `select min(id::text) as since, count(*)::int as events from (
       select id from sys_events where tenant_id = $1 and type like 'product.%' order by id desc limit ${most}) last`,
    [shop.tenantId],
  );
  const { since, events = 0 } = rows[0] ?? {};
  const began = performance.now();
  await ask("mutation ($input: ReplayWebhooksInput!) { replayWebhooks(input: $input) { id } }", {
    input: { endpointId: id, sinceEventId: since },
  });
  while (bodies.length < events && performance.now() - began < patienceMs) await sleep(20);
  const ours = perSecond(bodies.length, began);
  await ask("mutation ($id: Id!) { deleteWebhookEndpoint(input: { id: $id }) }", { id });
  const bare = await sendBare(url, bodies.slice(0, events));
  receiver.close();
  return {
    what: "webhook deliveries/s, one worker, one endpoint",
    measured: `${ours.toFixed(0)}/s of ${events}`,
    yardstick: `bare POST ${bare.toFixed(0)}/s`,
    toReach: "report",
    reached: (ours / bare).toFixed(2),
  };
}

function listen(take: (body: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      take(body);
      response.writeHead(204).end();
    });
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function sendBare(url: string, bodies: string[]): Promise<number> {
  const left = [...bodies];
  const began = performance.now();
  const headers = { "content-type": "application/json" };
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      for (let body = left.pop(); body !== undefined; body = left.pop()) {
        await fetch(url, { method: "POST", headers, body });
      }
    }),
  );
  return perSecond(bodies.length, began);
}

const perSecond = (count: number, began: number) => (count / (performance.now() - began)) * 1_000;
