import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace";
import type { Logger } from "pino";
import type { TracingConfig } from "#config";

/** How long the collector may take for a batch, in milliseconds; a stop waits no longer. */
const answerMs = 5_000;

/** Sends spans to the collector. One that is away costs the spans of that time, and nothing else. */
export function collectorOf({ endpoint, headers }: TracingConfig, log: Logger): SpanExporter {
  const url = `${endpoint.replace(/\/+$/, "")}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: answerMs });
  let wellBefore = true;
  // Once for each time it goes away: the operator need not read the same every second.
  const look = ({ code, error }: ExportResult) => {
    const well = code === ExportResultCode.SUCCESS;
    if (!well && wellBefore) log.warn({ err: error }, "the trace collector takes nothing");
    if (well && !wellBefore) log.info("the trace collector takes traces again");
    wellBefore = well;
  };
  return {
    export(spans: ReadableSpan[], done: (result: ExportResult) => void) {
      exporter.export(spans, (result) => {
        look(result);
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}
