import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { AddressNotUsable } from "#processes/listen";
import { startWeb, type Web } from "#processes/web";
import { installation } from "#test/installation";
import { facts } from "#test/server";

const { aTenant } = await installation();

const started: Web[] = [];
const sockets: Socket[] = [];
async function web(port = 0): Promise<Web> {
  const one = await startWeb(await facts(), { host: "127.0.0.1", port });
  started.push(one);
  return one;
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.allSettled(started.splice(0).map((each) => each.stop()));
});

async function connection({ url }: Web): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  sockets.push(socket);
  await once(socket, "connect");
  return socket;
}

test("a port that is taken is said in one line", async () => {
  const { url } = await web();
  const refusal = web(Number(new URL(url).port));
  await expect(refusal).rejects.toThrow(AddressNotUsable);
  await expect(refusal).rejects.toThrow(/^127\.0\.0\.1:\d+ cannot be listened on: another process/);
});

test("a connection kept open for more requests holds up no stop", async () => {
  const server = await web();
  const socket = await connection(server);
  socket.write("GET /api/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await once(socket, "data");
  await server.stop();
  await vi.waitFor(() => expect(socket.closed).toBe(true), 10_000);
});

test("a request that never ends is cut off after five seconds", async () => {
  const server = await web();
  const { id } = await aTenant();
  const socket = await connection(server);
  const answered = vi.fn<() => void>();
  socket.on("data", answered).on("error", () => {});
  const head = ["POST /api/graphql HTTP/1.1", "Host: localhost", `X-Tenant-Id: ${id}`];
  const body = ["Content-Type: application/json", "Content-Length: 100", "", "{"];
  socket.write([...head, ...body].join("\r\n"));
  // By the time a later connection is answered, the server has taken the request in.
  await fetch(`${server.url}/api/health/live`);
  await server.stop();
  await vi.waitFor(() => expect(socket.closed).toBe(true), 10_000);
  expect(answered).not.toHaveBeenCalled();
});
