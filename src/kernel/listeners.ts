import type { AnyEvent } from "#kernel/events";
import type { AnyJob, JobDefinition } from "#kernel/jobs";
import type { StoredEvent } from "#kernel/outbox";

/** Declared by the module that listens: these events ask for this job. */
export interface Listener {
  events: AnyEvent[];
  job: AnyJob;
  /** The payloads of as few jobs as do justice to all of the events, which are of one tenant. */
  payloads(events: StoredEvent[]): unknown[];
}

export function on<Payload>(
  events: AnyEvent[],
  job: JobDefinition<Payload>,
  payloads: (events: StoredEvent[]) => Payload[],
): Listener {
  return { events, job, payloads };
}

/**
 * Coalesces events into payloads of distinct ids: a hundred changes of one product are one refresh.
 * `idOf` names the id in an event's payload; `payload` wraps up to `size` ids.
 */
export function distinct<Payload>(
  idOf: (payload: Record<string, string>) => string | undefined,
  payload: (ids: string[]) => Payload,
  size = 500,
): (events: StoredEvent[]) => Payload[] {
  return (events) => {
    const ids = new Set<string>();
    for (const event of events) {
      const id = idOf(event.payload as Record<string, string>);
      if (id) ids.add(id);
    }
    const all = [...ids];
    return Array.from({ length: Math.ceil(all.length / size) }, (_, page) =>
      payload(all.slice(page * size, (page + 1) * size)),
    );
  };
}
