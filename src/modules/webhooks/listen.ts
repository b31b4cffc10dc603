import type { AnyEvent } from "#kernel/events/event";
import type { Listener } from "#kernel/events/listeners";
import type { JobDefinition } from "#kernel/jobs/job";

/** As many as one transaction looks at. */
const eventsPerJob = 100;

/** Hears every event that others may be told of. Which those are is asked for once there is a list of all modules. */
export function heard(
  declared: () => AnyEvent[],
  job: JobDefinition<{ eventIds: string[] }>,
): Listener {
  let known: AnyEvent[] | undefined;
  return {
    get events() {
      return (known ??= declared().filter(({ internal }) => !internal));
    },
    job,
    share: (events) =>
      Array.from({ length: Math.ceil(events.length / eventsPerJob) }, (_, page) => {
        const share = events.slice(page * eventsPerJob, (page + 1) * eventsPerJob);
        return { payload: { eventIds: share.map(({ id }) => id) }, events: share };
      }),
  };
}
