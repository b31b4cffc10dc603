import type { AnyJob, JobDefinition } from "#kernel/jobs/job";
import type { AnyEvent } from "./event.ts";
import type { StoredEvent } from "./outbox.ts";

/** A job's worth of events: what the job is to do, and which of the events that does justice to. */
export interface Share<Payload = unknown> {
  payload: Payload;
  events: StoredEvent[];
}

/** Declared by the module that listens: these events ask for this job. */
export interface Listener {
  events: AnyEvent[];
  job: AnyJob;
  /** The events, which are of one tenant, in as few jobs as do justice to all of them. */
  share(events: StoredEvent[]): Share[];
}

export function on<Payload>(
  events: AnyEvent[],
  job: JobDefinition<Payload>,
  share: (events: StoredEvent[]) => Share<Payload>[],
): Listener {
  return { events, job, share };
}

/** A job of any tenant holds a worker for a moment only. */
const idsPerJob = 100;

/**
 * Coalesces events into payloads of distinct ids: a hundred changes of one product are one refresh.
 * `idOf` names the id in an event's payload; `payload` wraps up to `size` ids.
 */
export function distinct<Payload>(
  idOf: (payload: Record<string, string>) => string | undefined,
  payload: (ids: string[]) => Payload,
  size = idsPerJob,
): (events: StoredEvent[]) => Share<Payload>[] {
  return (events) => {
    const byId = Map.groupBy(events, (event) => idOf(event.payload as Record<string, string>));
    const known = [...byId].filter(([id]) => id) as [string, StoredEvent[]][];
    return Array.from({ length: Math.ceil(known.length / size) }, (_, page) => {
      const share = known.slice(page * size, (page + 1) * size);
      return { payload: payload(share.map(([id]) => id)), events: share.flatMap(([, of]) => of) };
    });
  };
}
