import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createApp } from "#http/app";
import type { Server } from "#http/server";

export interface Web {
  /** Where it is reached, such as `http://127.0.0.1:3000`. */
  url: string;
  /** Takes no more requests and waits for those under way. */
  stop(): Promise<void>;
}

/** Rejects when the port is taken. */
export async function startWeb(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<Web> {
  const http = createServer(createApp(server).callback());
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, host, resolve);
  });
  const { port: bound } = http.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    stop: () =>
      new Promise((resolve, reject) => {
        http.close((error) => (error ? reject(error) : resolve()));
        http.closeIdleConnections();
      }),
  };
}
