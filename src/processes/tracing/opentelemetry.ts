import { hostname } from "node:os";
import {
  type Context,
  type Link,
  ROOT_CONTEXT,
  type Span as OtelSpan,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { parseTraceParent } from "@opentelemetry/core";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Logger } from "pino";
import type { TracingConfig } from "#config";
import type { Span, SpanOptions, Tracing } from "#kernel/observability/tracing";
import { collectorOf } from "./exporter.ts";

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** How soon a span is sent, in milliseconds; until then it waits for company. */
const sendMs = 1_000;

/** Traces to an OpenTelemetry collector, by OTLP over HTTP. */
export function traceToCollector(config: TracingConfig, log: Logger): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": config.serviceName,
      "host.name": hostname(),
      "process.pid": process.pid,
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(config.ratio) }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: collectorOf(config, log), scheduledDelayMillis: sendMs }),
    ],
  });
  const tracer = provider.getTracer("rustok");
  const contexts = new AsyncLocalStorageContextManager().enable();
  const known = new WeakMap<Span, OtelSpan>();

  return {
    begin(name, { kind, parent, links = [], from, facts = {} }: SpanOptions) {
      const within = parentContext(parent, contexts.active());
      if (!trace.getSpanContext(within) && kind !== "server") return undefined;
      const options = {
        kind: kinds[kind ?? "internal"],
        links: links.flatMap(linkTo),
        attributes: facts,
        ...(from && { startTime: from }),
      };
      const span = tracer.startSpan(name, options, within);
      const shown = spanOf(span);
      known.set(shown, span);
      return shown;
    },
    within(span, work) {
      const otel = known.get(span);
      return otel ? contexts.with(trace.setSpan(contexts.active(), otel), work) : work();
    },
    current() {
      const context = trace.getSpanContext(contexts.active());
      return context && traceparentOf(context);
    },
    async stop() {
      // What the collector does not take by now is lost, and said so by the exporter.
      await provider.shutdown().catch(() => {});
      contexts.disable();
    },
  };
}

/** Somebody else's may be malformed: then a trace of our own begins. */
function parentContext(parent: string | undefined, active: Context): Context {
  if (parent === undefined) return active;
  const context = parseTraceParent(parent);
  return context
    ? trace.setSpanContext(ROOT_CONTEXT, { ...context, isRemote: true })
    : ROOT_CONTEXT;
}

function linkTo(traceparent: string): Link[] {
  const context = parseTraceParent(traceparent);
  return context ? [{ context }] : [];
}

function spanOf(span: OtelSpan): Span {
  return {
    traceparent: traceparentOf(span.spanContext()),
    rename: (name) => void span.updateName(name),
    set: (facts) => void span.setAttributes(facts),
    fail: (message) => void span.setStatus({ code: SpanStatusCode.ERROR, message }),
    end: (at) => span.end(at),
  };
}

/** What is not sampled is nobody's to join: whatever follows from it is not traced either. */
function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string | undefined {
  return traceFlags & TraceFlags.SAMPLED ? `00-${traceId}-${spanId}-01` : undefined;
}
