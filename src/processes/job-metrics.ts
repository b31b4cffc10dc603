import { Histogram } from "prom-client";
import { counter, metrics } from "#kernel/observability/metrics";

/** How attempts at jobs end: done, failed (another try comes) or dead. */
export const jobDuration = new Histogram({
  name: "rustok_job_duration_seconds",
  help: "Attempts at jobs by how they ended (done, failed and to be tried again, dead) and how long they took.",
  labelNames: ["queue", "outcome"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  registers: [metrics],
});

export const eventsHandedOver = counter(
  "events_handed_over",
  "Events that this process, as a relay, has handed over to the queues.",
);

export const relayFaults = counter(
  "relay_faults",
  "How often this process, as a relay, had to start over.",
);
