import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { webhooksWith } from "#modules/webhooks";
import { afterwards } from "#test/afterwards";
import { installation, registry, secret } from "#test/installation";

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

export type Answer = (response: ServerResponse, received: Received) => void;

/** Somebody who is sent webhooks, in this process; answers 204 unless told otherwise. */
export interface Receiver {
  url: string;
  received: Received[];
  /** How many connections were made to it. */
  connections(): number;
  answerWith(answer: Answer): void;
}

export const status = (code: number, headers: Record<string, string> = {}): Answer => {
  return (response) => response.writeHead(code, headers).end(`answered ${code}`);
};

/** At another address than the usual, a receiver is a stranger to whoever is allowed that one alone. */
export async function aReceiver(host = "127.0.0.1"): Promise<Receiver> {
  const received: Received[] = [];
  let answer = status(204);
  let connections = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const one = { headers: request.headers, body };
      received.push(one);
      answer(response, one);
    });
  });
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  afterwards(async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const shown = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${shown}:${port}/hook`,
    received,
    connections: () => connections,
    answerWith: (next) => (answer = next),
  };
}

type Options = Partial<Parameters<typeof webhooksWith>[1]>;

/** Has this file's webhooks go to this machine, and whatever else is to be different. */
export async function webhooksGoHere(options: Options = {}): Promise<void> {
  const { db } = await installation();
  webhooksWith(db, {
    secret,
    events: registry.events,
    allowHttp: true,
    allowedRanges: ["127.0.0.0/8"],
    keptDays: 30,
    ...options,
  });
}

/** What a message says, if one of the secrets has signed it; throws otherwise. */
export function verified({ headers, body }: Received, secretOf: string): Message {
  return new Webhook(secretOf).verify(body, headers as Record<string, string>) as Message;
}

export interface Message {
  type: string;
  timestamp: string;
  apiVersion: string;
  tenantId: string;
  data: Record<string, unknown> & {
    snapshot: { revision: number; documents: Record<string, { title: string }> | null } | null;
  };
}
