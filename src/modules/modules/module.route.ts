import { z } from "zod";
import type { ModuleDefinition } from "#kernel/modules/module";
import { type AnyRoute, defineRoute } from "#kernel/rest/routes";
import * as service from "./module.service.ts";
import { moduleView, viewModule } from "./module.view.ts";

/** The list is asked for when somebody asks: these routes belong to a module of it. */
export function moduleRoutes(list: () => ModuleDefinition[]): AnyRoute[] {
  const shown = (state: service.ModuleState): z.output<typeof moduleView> => ({
    ...viewModule(state, list()),
    changedAt: state.changedAt?.toISOString() ?? null,
  });
  return [
    defineRoute({
      method: "get",
      path: "/v1/modules",
      summary: "List the modules",
      access: "modules:read",
      reply: z.object({ modules: z.array(moduleView) }),
      run: async (ctx) => ({ modules: (await service.states(ctx, list())).map(shown) }),
    }),
    defineRoute({
      method: "put",
      path: "/v1/modules/{module}",
      summary: "Switch a module on or off",
      access: "modules:write",
      params: z.object({ module: z.string().max(63) }),
      body: z.object({ enabled: z.boolean() }),
      reply: moduleView,
      errors: ["NOT_FOUND", "CONFLICT"],
      run: async (ctx, { params: { module }, body: { enabled } }) =>
        shown(await service[enabled ? "enable" : "disable"](ctx, list(), module)),
    }),
  ];
}
