import type { RequestContext } from "#kernel/context";
import type { TracedStep } from "#modules/index";
import { deliveriesOf, type TracedDelivery } from "./trace.queries.ts";

/** The attempts to tell others of an event, and what is to come. */
export async function stepsOfDeliveries(
  ctx: RequestContext,
  eventId: string,
): Promise<TracedStep[]> {
  return (await deliveriesOf(ctx, eventId)).flatMap(stepsOf);
}

function stepsOf({ url, delivery, attempts }: TracedDelivery): TracedStep[] {
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
}
