import { z } from "zod";
import { defineRoute } from "#kernel/rest/routes";
import { feed } from "./feed.ts";

const query = z.object({
  locale: z
    .string()
    .max(35)
    .optional()
    .meta({ description: "BCP 47; the tenant's default if left out." }),
});

const feedRoute = (format: "rss" | "atom", summary: string) =>
  defineRoute({
    method: "get",
    path: `/v1/blog/${format}`,
    summary,
    description: "The latest posts, whole, in one locale. Ask again with its ETag.",
    access: "public",
    query,
    reply: z.string().meta({ description: "The feed." }),
    media: `application/${format}+xml`,
    errors: ["NOT_CONFIGURED"],
    run: (ctx, { query: { locale } }) => feed(ctx, format, locale),
  });

export const feedRoutes = [
  feedRoute("rss", "The blog as an RSS feed"),
  feedRoute("atom", "The blog as an Atom feed"),
];
