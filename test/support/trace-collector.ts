import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterwards } from "./afterwards.ts";

/** A span as a collector gets it by OTLP in JSON. */
export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status: { code?: number; message?: string };
  links?: { traceId: string; spanId: string }[];
  facts: Record<string, unknown>;
  /** What the process says of itself. */
  resource: Record<string, unknown>;
}

export interface TraceCollector {
  url: string;
  spans: CollectedSpan[];
  /** The headers of what it got. */
  headers: Record<string, unknown>[];
  /** Resolves with what `found` answers, once it does. Throws after `timeoutMs` with the names of all spans. */
  until<T>(
    found: (spans: CollectedSpan[]) => T | undefined | false,
    timeoutMs?: number,
  ): Promise<T>;
}

interface Attributes {
  key: string;
  value: Record<string, unknown>;
}
const plain = (attributes: Attributes[] = []) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** Takes in what is sent to `/v1/traces`, as an OpenTelemetry collector does; gone at the end of the file. */
export async function aTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = [];
  const headers: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (request.method !== "POST" || request.url !== "/v1/traces") {
        response.writeHead(404).end();
        return;
      }
      headers.push(request.headers);
      spans.push(...spansIn(Buffer.concat(chunks).toString()));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  afterwards(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    headers,
    async until(found, timeoutMs = 60_000) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const answer = found(spans);
        if (answer) return answer;
        if (performance.now() > deadline) {
          throw new Error(`Not among these spans: ${spans.map(({ name }) => name).join("; ")}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

function spansIn(body: string): CollectedSpan[] {
  const { resourceSpans } = JSON.parse(body) as {
    resourceSpans: {
      resource: { attributes: Attributes[] };
      scopeSpans: { spans: (CollectedSpan & { attributes?: Attributes[] })[] }[];
    }[];
  };
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, ...span }) => ({
        ...span,
        facts: plain(attributes),
        resource: plain(resource.attributes),
      })),
    ),
  );
}
