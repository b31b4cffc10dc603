import type { AnyJob, JobRequest } from "#kernel/jobs/job";
import type { Listener, Share } from "./listeners.ts";
import type { StoredEvent } from "./outbox.ts";

/** Whether a job has its part still to do for an event. */
export type IsLeft = (event: StoredEvent, job: AnyJob) => boolean;

/**
 * The jobs that a batch of events asks for. Each listener turns the events it hears, tenant by
 * tenant, into as few jobs as it can: this is where a burst of changes becomes one refresh.
 * What a listener makes nothing of holds up no other event: it becomes a job of its own without a payload,
 * which asks the listener again and fails with its reason.
 */
export function jobsFor(
  events: StoredEvent[],
  listeners: Listener[],
  isLeft: IsLeft = () => true,
): JobRequest[] {
  const requests: JobRequest[] = [];
  for (const [tenantId, ofTenant] of Map.groupBy(events, (event) => event.tenantId)) {
    for (const listener of listeners) {
      const { job } = listener;
      const heard = ofTenant.filter((event) => hears(listener, event) && isLeft(event, job));
      if (heard.length === 0) continue;
      for (const { payload, events: shared } of shares(listener, heard)) {
        const eventIds = shared.map(({ id }) => id);
        const traces = tracesOf(shared);
        requests.push({ job, data: { tenantId, eventIds, payload, ...(traces && { traces }) } });
      }
    }
  }
  return requests;
}

const hears = ({ events }: Listener, { type }: StoredEvent) =>
  events.some((event) => event.type === type);

/** Halves what the listener throws on until only those events stand alone that it cannot read. */
function shares(listener: Listener, heard: StoredEvent[]): Share[] {
  try {
    return listener.share(heard);
  } catch {
    if (heard.length === 1) return [{ payload: undefined, events: heard }];
    const middle = heard.length >> 1;
    return [heard.slice(0, middle), heard.slice(middle)].flatMap((half) => shares(listener, half));
  }
}

/**
 * What one job's events ask for when each aggregate has a job of its own, so that one that cannot be
 * worked on keeps no other from it. Throws what the listener throws.
 */
export function apart(job: AnyJob, events: StoredEvent[], listeners: Listener[]): Share[] {
  const ofJob = listeners.filter((listener) => listener.job === job);
  return [...Map.groupBy(events, ({ aggregateId }) => aggregateId).values()].flatMap((few) =>
    ofJob.flatMap((listener) => {
      const heard = few.filter((event) => hears(listener, event));
      return heard.length > 0 ? listener.share(heard) : [];
    }),
  );
}

/** Of a batch as large as an import's, the first hundred: a trace is there to be looked at. */
const mostTraces = 100;

function tracesOf(events: StoredEvent[]): string[] | undefined {
  const traces = new Set(events.flatMap(({ traceparent }) => traceparent ?? []));
  return traces.size > 0 ? [...traces].slice(0, mostTraces) : undefined;
}
