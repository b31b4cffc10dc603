import { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { settingsOf } from "#kernel/modules/settings";

/** What a tenant may set for what people are told of. */
export const notificationSettings = z.object({
  lowStockThreshold: z.int().min(0).max(1_000_000).nullable().default(5).meta({
    description: "From how few on a variant is low that has no threshold of its own; null: never.",
  }),
  welcome: z.boolean().default(true).meta({ description: "Whether new users are welcomed." }),
});

export const settings = (ctx: RequestContext): Promise<z.output<typeof notificationSettings>> =>
  settingsOf(ctx, { slug: "notifications", settings: notificationSettings });
