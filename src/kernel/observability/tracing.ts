/** What is said of a span, by names of OpenTelemetry's conventions or beginning with `rustok.`; never a visitor's words. */
export type SpanFacts = Record<string, string | number | boolean | undefined>;

/** A step of a trace. */
export interface Span {
  /** How others join the trace here, in the form of W3C Trace Context; undefined where it is not kept. */
  traceparent: string | undefined;
  rename(name: string): void;
  set(facts: SpanFacts): void;
  fail(reason: string): void;
  /** By default now. */
  end(at?: Date): void;
}

export interface SpanOptions {
  kind?: "server" | "client" | "producer" | "consumer";
  /** The traceparent of what it is a part of; absent: of what is under way. */
  parent?: string | undefined;
  /** The traceparents of what else it stands for. */
  links?: string[];
  /** By default now. */
  from?: Date;
  facts?: SpanFacts;
}

/** Keeps traces. Absent where nobody wants any, and then nothing here costs anything. */
export interface Tracing {
  /** Undefined where there is no trace to be a part of: only what answers a request begins one. */
  begin(name: string, options: SpanOptions): Span | undefined;
  /** Has what `work` begins be part of the span, however much later. */
  within<T>(span: Span, work: () => T): T;
  /** The traceparent of what is under way. */
  current(): string | undefined;
  /** Sends what it still has, for a few seconds at most. */
  stop(): Promise<void>;
}

let tracing: Tracing | undefined;

/** Has this process traced from now on, or no longer. */
export function traceWith(given: Tracing | undefined): void {
  tracing = given;
}

/** What keeps traces in this process, if anything does. */
export const tracer = (): Tracing | undefined => tracing;

/** What people look a trace up by; undefined where nothing is traced. */
export const traceId = (traceparent = tracing?.current()): string | undefined =>
  traceparent?.split("-")[1];

/** Does `work` as a span, which fails with it; where nobody traces, or there is no trace, just does it. */
export async function traced<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  const span = tracing?.begin(name, options);
  if (!tracing || !span) return work(undefined);
  try {
    return await tracing.within(span, () => work(span));
  } catch (error) {
    span.fail(error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    span.end();
  }
}
