import { eachDue } from "#kernel/aggregates/timed-publication";
import type { ScheduledJob } from "#kernel/jobs/job";
import { products } from "#modules/commerce";

/** Publishes and hides products at the time that was set for it, within five seconds of it. */
export const publishDueProducts: ScheduledJob = {
  name: "publish-due-products",
  everyMs: 5_000,
  run(installation) {
    const now = new Date();
    return eachDue(installation, "due_products", now, (ctx, id) =>
      products.settleDue(ctx, id, now),
    );
  },
};
