import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { NotFound } from "#kernel/errors";
import type { ModuleDefinition } from "#kernel/modules/module";
import type { AnyHook } from "#kernel/rest/hooks";
import {
  DeleteHookSecretInput,
  type RotateHookSecret,
  RotateHookSecretInput,
} from "./hook.input.ts";
import * as secrets from "./hook-secret.service.ts";
import { HookSourceView, SourceWithSecretView, viewSource } from "./hook.view.ts";

/** The list is asked for when somebody asks: this resolver belongs to a module of it. */
export function hookResolver(list: () => ModuleDefinition[]) {
  const hooks = (): AnyHook[] => list().flatMap((module) => module.hooks);

  function demandHook(source: string): AnyHook {
    const hook = hooks().find((known) => known.source === source);
    if (!hook) throw new NotFound("source of webhooks", source);
    return hook;
  }

  @Resolver(() => HookSourceView)
  class HookResolver {
    @Requires("webhooks:read")
    @Query(() => [HookSourceView], { description: "Who may tell of something, and how." })
    async hookSources(@Ctx() ctx: RequestContext): Promise<HookSourceView[]> {
      const held = await secrets.all(ctx);
      return hooks().map((hook) => viewSource(hook, held.get(hook.source)));
    }

    @Requires("webhooks:write")
    @Mutation(() => SourceWithSecretView, {
      description: "Gives it its secret, or another one; for 24 hours the one before is good, too.",
    })
    async rotateHookSecret(
      @Arg("input", () => RotateHookSecretInput) { source, secret }: RotateHookSecret,
      @Ctx() ctx: RequestContext,
    ): Promise<SourceWithSecretView> {
      const hook = demandHook(source);
      const made = await secrets.rotate(ctx, { source, secret: secret ?? undefined });
      return { source: viewSource(hook, made.held), secret: made.secret };
    }

    @Requires("webhooks:write")
    @Mutation(() => HookSourceView, { description: "From then on it is not believed." })
    async deleteHookSecret(
      @Arg("input", () => DeleteHookSecretInput) { source }: DeleteHookSecretInput,
      @Ctx() ctx: RequestContext,
    ): Promise<HookSourceView> {
      const hook = demandHook(source);
      await secrets.remove(ctx, source);
      return viewSource(hook, undefined);
    }
  }
  return HookResolver;
}
