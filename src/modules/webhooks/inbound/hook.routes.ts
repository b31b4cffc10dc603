import { z } from "zod";
import { NotFound } from "#kernel/errors";
import type { ModuleDefinition } from "#kernel/modules/module";
import { demandModule } from "#kernel/modules/state";
import { defineRoute } from "#kernel/rest/routes";
import { receive } from "./receive.ts";

/** Sources are looked for when a message comes: these routes belong to a module of the list. */
export const hookRoutes = (list: () => ModuleDefinition[]) => [
  defineRoute({
    method: "post",
    path: "/v1/hooks/{source}",
    summary: "Take in what another service has to tell",
    description:
      "Signed as Standard Webhooks has it, with the secret that the tenant has for the source. A message with an id that was taken in before changes nothing.",
    access: "public",
    params: z.object({ source: z.string().max(63) }),
    headers: z.object({
      "webhook-id": z
        .string()
        .min(1)
        .max(255)
        .meta({ description: "The same each time the message is sent." }),
      "webhook-timestamp": z.string().meta({ description: "In seconds; within five minutes." }),
      "webhook-signature": z.string().meta({ description: "`v1,…`; several with spaces between." }),
    }),
    body: z.looseObject({}),
    reply: z.object({
      duplicate: z.boolean().meta({ description: "Whether it was taken in before." }),
    }),
    errors: ["NOT_FOUND", "CONFLICT", "MODULE_DISABLED"],
    async run(ctx, { params: { source }, headers, sent, body }) {
      const module = list().find(({ hooks }) => hooks.some((hook) => hook.source === source));
      const hook = module?.hooks.find((known) => known.source === source);
      if (!hook) throw new NotFound("source of webhooks", source);
      demandModule(ctx.tenant, module);
      return receive(ctx, hook, { headers, sent, body });
    },
  }),
];
