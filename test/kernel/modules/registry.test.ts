import { expect, test } from "vitest";
import { z } from "zod";
import { defineEvent } from "#kernel/events/event";
import { on } from "#kernel/events/listeners";
import { defineJob } from "#kernel/jobs/job";
import { defineModule } from "#kernel/modules/module";
import { assemble, RegistryError } from "#kernel/modules/registry";
import { modules } from "#modules";

const module = (slug: string, rest: Partial<Parameters<typeof defineModule>[0]> = {}) =>
  defineModule({ slug, name: slug, version: "1.0.0", ...rest });

test("the modules we ship fit together", () => {
  expect(assemble(modules).modules).toHaveLength(modules.length);
});

test("every misfit is named, all in one message", () => {
  const event = defineEvent("thing.happened", { version: 1, payload: z.object({}) });
  const job = defineJob({
    name: "do-it",
    payload: z.object({}),
    retry: { attempts: 1, firstDelayMs: 1 },
    run: async () => {},
  });
  const heard = defineEvent("thing.seen", { version: 1, payload: z.object({}) });
  const again = { ...job, name: "do-it-again" };
  const misfits = [
    module("a", {
      dependsOn: ["b"],
      permissions: [{ name: "Everything", description: "", roles: [] }],
    }),
    module("b", { dependsOn: ["a", "gone"] }),
    module("c", { listeners: [on([event], job, () => [])] }),
    module("c"),
    module("d", {
      optional: true,
      events: [heard],
      jobs: [again],
      listeners: [on([heard], again, () => [])],
    }),
    module("e", { dependsOn: ["d"] }),
  ];
  expect(() => assemble(misfits)).toThrow(
    new RegistryError(
      [
        "The modules do not fit together:",
        '  two declare the module "c"',
        '  a has the permission "Everything", which is not resource:action',
        '  b depends on "gone", which is not in the list',
        '  c listens to "thing.happened", which no module declares',
        '  c listens with the job "do-it", which it does not declare',
        "  d listens and may be switched off, but does not listen to being switched on",
        '  e is core and depends on "d", which may be switched off',
        "  these depend on each other: a → b → a",
      ].join("\n"),
    ),
  );
});
