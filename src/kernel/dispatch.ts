import type { JobRequest } from "#kernel/jobs";
import type { Listener } from "#kernel/listeners";
import type { StoredEvent } from "#kernel/outbox";

/**
 * The jobs that a batch of events asks for. Each listener turns the events it hears, tenant by
 * tenant, into as few jobs as it can: this is where a burst of changes becomes one refresh.
 */
export function jobsFor(events: StoredEvent[], listeners: Listener[]): JobRequest[] {
  const requests: JobRequest[] = [];
  for (const [tenantId, ofTenant] of Map.groupBy(events, (event) => event.tenantId)) {
    for (const { events: types, job, share } of listeners) {
      const heard = ofTenant.filter(({ type }) => types.some((event) => event.type === type));
      if (heard.length === 0) continue;
      for (const { payload, events: shared } of share(heard)) {
        const eventIds = shared.map(({ id }) => id);
        const traces = tracesOf(shared);
        requests.push({ job, data: { tenantId, eventIds, payload, ...(traces && { traces }) } });
      }
    }
  }
  return requests;
}

/** Of a batch as large as an import's, the first hundred: a trace is there to be looked at. */
const mostTraces = 100;

function tracesOf(events: StoredEvent[]): string[] | undefined {
  const traces = new Set(events.flatMap(({ traceparent }) => traceparent ?? []));
  return traces.size > 0 ? [...traces].slice(0, mostTraces) : undefined;
}
