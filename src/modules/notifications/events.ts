import { z } from "zod";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";

/** From how few on a variant counts as low is another number now. */
export const StockThresholdChanged = defineEvent("stock-threshold.changed", {
  version: 1,
  internal: true,
  payload: z.object({ variantId: Id }),
});
