import type { Logger } from "pino";
import type { TracingConfig } from "#config";
import type { Tracing } from "#kernel/observability/tracing";

/** Keeps traces where the operator has named a collector. Elsewhere OpenTelemetry is not even loaded. */
export async function openTracing(
  config: TracingConfig | undefined,
  log: Logger,
): Promise<Tracing | undefined> {
  if (!config) return undefined;
  const { traceToCollector } = await import("./opentelemetry.ts");
  return traceToCollector(config, log);
}
