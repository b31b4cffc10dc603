import { z } from "zod";
import { defineEvent } from "#kernel/events/event";
import { type Listener, on } from "#kernel/events/listeners";
import type { JobDefinition } from "#kernel/jobs/job";

const ofModule = {
  version: 1,
  payload: z.object({ module: z.string(), revision: z.int().positive() }),
};
export const ModuleEnabled = defineEvent("module.enabled", ofModule);
export const ModuleDisabled = defineEvent("module.disabled", ofModule);

/**
 * Has the job done once a tenant has switched the module on: it makes up for what the module's other
 * listeners have passed over meanwhile. By then every event is heard again, so whatever the job does
 * not see yet, another job will.
 */
export function whenEnabled(slug: string, job: JobDefinition<Record<string, never>>): Listener {
  return on([ModuleEnabled], job, (events) => {
    const own = events.filter(({ payload }) => (payload as { module: string }).module === slug);
    return own.length > 0 ? [{ payload: {}, events: own }] : [];
  });
}
