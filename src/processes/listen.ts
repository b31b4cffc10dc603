import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** The longest that a stop waits for answers under way; then whoever reads them too slowly is cut off. */
const drainMs = 5_000;

/** How long a connection may be idle. */
const keepAliveMs = 65_000;

export interface Listening {
  /** Where it is reached, such as `http://127.0.0.1:3000`. */
  url: string;
  /** Takes no more requests and waits for those under way, for at most five seconds. */
  stop(): Promise<void>;
}

/** The address cannot be listened on. The message is one line for the person at the terminal. */
export class AddressNotUsable extends Error {
  constructor(
    { host, port, setting }: { host: string; port: number; setting: string },
    cause: NodeJS.ErrnoException,
  ) {
    const reason = cause.code === "EADDRINUSE" ? "another process listens there" : cause.message;
    super(`${host}:${port} cannot be listened on: ${reason}. Set ${setting} or HOST to another.`, {
      cause,
    });
    this.name = "AddressNotUsable";
  }
}

/**
 * Answers requests at the address; port 0 is any that is free.
 * @param at.setting the variable that sets the port, for whoever reads that it cannot be listened on
 * @throws AddressNotUsable
 */
export async function listen(
  answer: RequestListener,
  at: { host: string; port: number; setting: string },
): Promise<Listening> {
  const { host, port } = at;
  const http = createServer(answer);
  // Longer than proxies and clients keep idle ones, so that it is they who end them: a request on its way
  // over a connection that we have just ended would be lost.
  http.keepAliveTimeout = keepAliveMs;
  http.headersTimeout = keepAliveMs + 1_000;
  await new Promise<void>((resolve, reject) => {
    http.once("error", (error) => reject(new AddressNotUsable(at, error)));
    http.listen(port, host, resolve);
  });
  const { port: bound } = http.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    stop: () =>
      new Promise((resolve, reject) => {
        const cutOff = setTimeout(() => http.closeAllConnections(), drainMs);
        http.close((error) => {
          clearTimeout(cutOff);
          if (error) reject(error);
          else resolve();
        });
        // Connections that fall idle from now on are not kept for another request.
        http.keepAliveTimeout = 1;
        http.closeIdleConnections();
      }),
  };
}
