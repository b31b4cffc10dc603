import { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { settingsOf } from "#kernel/modules/settings";

/** What a tenant may set for its blog. */
export const blogSettings = z.object({
  comments: z
    .enum(["open", "moderated", "closed"])
    .default("moderated")
    .meta({ description: "Shown at once, shown once approved, or not taken at all." }),
  postsPerFeed: z.int().min(1).max(100).default(20),
  siteUrl: z
    .url({ protocol: /^https?$/, error: "must be an http(s) URL" })
    .nullable()
    .default(null)
    .meta({ description: "Where readers find the site; at its first domain if left out." }),
  postPath: z
    .string()
    .max(300)
    .regex(/^\/[^\s?#]*\{slug\}[^\s?#]*$/, "must be a path with {slug}, and {locale} if need be")
    .default("/{locale}/blog/{slug}")
    .meta({ description: "Where a post is on the site." }),
});
export type BlogSettings = z.output<typeof blogSettings>;

export const settings = (ctx: RequestContext): Promise<BlogSettings> =>
  settingsOf(ctx, { slug: "blog", settings: blogSettings });
