import type { TracedStep } from "#modules/index";
import type { TracedDelivery } from "./trace.queries.ts";

/** The attempts of an event's deliveries, and what is to come of them, in words. */
export const webhookSteps = (deliveries: TracedDelivery[]): TracedStep[] =>
  deliveries.flatMap(({ url, delivery, attempts }) => {
    const next = delivery.nextAttemptAt?.toISOString();
    return [
      ...attempts.map((one) => ({
        at: new Date(one.startedAt.getTime() + one.durationMs),
        what: `webhook to ${url}: attempt ${one.attempt} ${
          one.succeeded ? `answered ${one.statusCode}` : `failed: ${one.problem}`
        }, after ${one.durationMs} ms`,
      })),
      ...(next ? [{ at: null, what: `webhook to ${url}: the next attempt by ${next}` }] : []),
      ...(delivery.status === "failed"
        ? [{ at: delivery.finishedAt, what: `webhook to ${url}: given up: ${delivery.problem}` }]
        : []),
    ];
  });
