import { z } from "zod";
import type { AnyEvent } from "#kernel/events/event";
import { defineRoute } from "#kernel/rest/routes";
import { catalogueOf, type PublishedEvent } from "./catalogue.ts";
import { apiVersions, latestVersion } from "./versions.ts";

const published = z.object({
  type: z.string(),
  version: z.int().meta({ description: "Of the ids that the event has." }),
  schema: z.record(z.string(), z.unknown()).meta({ description: "JSON Schema of the message." }),
  example: z.unknown(),
});

/** The events are asked for at the first request: by then every module has been put together. */
export function eventRoutes(events: () => AnyEvent[]) {
  let made: PublishedEvent[] | undefined;
  return [
    defineRoute({
      method: "get",
      path: "/events",
      summary: "What webhooks may tell of",
      description: "Every type of event, with the JSON Schema of its message and an example.",
      access: "public",
      reply: z.object({
        apiVersion: z.string().meta({ description: "The latest." }),
        apiVersions: z.array(z.enum(apiVersions)),
        events: z.array(published),
      }),
      async run() {
        made ??= catalogueOf(events());
        return { apiVersion: latestVersion, apiVersions: [...apiVersions], events: made };
      },
    }),
  ];
}
