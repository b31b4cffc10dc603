import { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { settingsOf } from "#kernel/modules/settings";

/** So long they are kept at least, in days. */
export const leastKeptDays = 30;

/** What a tenant may set for its mails. */
export const mailSettings = z.object({
  keptDays: z
    .int()
    .min(leastKeptDays)
    .max(730)
    .default(90)
    .meta({ description: "How long it is on record who was sent what, in days." }),
});

export const settings = (ctx: RequestContext): Promise<z.output<typeof mailSettings>> =>
  settingsOf(ctx, { slug: "mail", settings: mailSettings });
