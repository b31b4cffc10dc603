import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { refreshProducts } from "#modules/index";

/** Brings the documents of up to 500 products up to date. */
export const indexProducts = defineJob({
  name: "index-products",
  payload: z.object({ productIds: z.array(Id).min(1).max(500) }),
  retry: { attempts: 8, firstDelayMs: 1_000 },
  projection: true,
  run: (ctx, { productIds }) => refreshProducts(ctx, productIds),
});
