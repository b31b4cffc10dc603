import type { Enqueue, JobRequest } from "#kernel/jobs/job";
import { type Span, tracer, type Tracing } from "#kernel/observability/tracing";

/**
 * Enqueues the jobs, which is a step of the trace of every change they stand for. A job is done once for
 * all of them: it goes on in the trace of the first, and the others lead there.
 */
export async function handedOver(requests: JobRequest[], enqueue: Enqueue): Promise<void> {
  const tracing = tracer();
  if (!tracing) return enqueue(requests);
  const spans: Span[] = [];
  try {
    await enqueue(requests.map((request) => traceOf(request, tracing, spans)));
  } catch (error) {
    for (const span of spans) span.fail(error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

function traceOf(request: JobRequest, tracing: Tracing, spans: Span[]): JobRequest {
  const { job, data } = request;
  const traces: string[] = [];
  for (const parent of data.traces ?? []) {
    const span = tracing.begin(`send ${job.name}`, {
      kind: "producer",
      parent,
      links: traces.slice(0, 1),
      facts: {
        "messaging.destination.name": job.name,
        "messaging.batch.message_count": data.eventIds.length,
        "rustok.tenant_id": data.tenantId,
      },
    });
    if (!span) continue;
    spans.push(span);
    if (span.traceparent) traces.push(span.traceparent);
  }
  return traces.length > 0 ? { ...request, data: { ...data, traces } } : request;
}
