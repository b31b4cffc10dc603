import type { RequestContext } from "#kernel/context";
import { NotToBeRetried } from "#kernel/jobs/job";
import { setupOf } from "../setup.ts";
import { attempt } from "./attempt.ts";
import { claim, putBack } from "./claim.ts";
import { countAttempt } from "./metrics.ts";
import { settle } from "./settle.ts";

/** How long a delivery waits whose endpoint is busy; at random, so that they do not come back together. */
const busyMs = () => 2_000 + Math.random() * 3_000;

/**
 * Attempts a delivery, unless another job has, or its endpoint is paused or given up. The next attempt is
 * asked for when it is due. Throws {@link NotToBeRetried} when it was the last: a dead letter, which may be tried
 * again.
 */
export async function deliver(
  ctx: RequestContext,
  { deliveryId, endpointId }: { deliveryId: string; endpointId: string },
): Promise<void> {
  const turn = await setupOf(ctx).turns.take(endpointId, ctx.tenant.id);
  if (!turn) return putBack(ctx, deliveryId, busyMs());
  let succeeded: boolean | undefined;
  try {
    const claimed = await claim(ctx, deliveryId);
    if (!claimed) return await putBack(ctx, deliveryId, 0);
    const outcome = await attempt(ctx, claimed);
    succeeded = outcome.problem === null;
    countAttempt(outcome);
    const standing = await settle(ctx, claimed, outcome);
    if (standing === "failed")
      throw new NotToBeRetried(outcome.problem ?? "It was the last attempt.");
  } finally {
    turn.end(succeeded);
  }
}
