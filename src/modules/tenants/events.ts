import { z } from "zod";
import { defineEvent } from "#kernel/events/event";

const revision = z.int().positive();
const ofTenant = { version: 1, payload: z.object({ revision }) };
export const TenantCreated = defineEvent("tenant.created", ofTenant);
/** Its name, slug or currencies. */
export const TenantUpdated = defineEvent("tenant.updated", ofTenant);
/** Every document of it may look different: in which locales there are any, and what stands in for what is not translated. */
export const TenantLocalesUpdated = defineEvent("tenant.locales-updated", ofTenant);
export const TenantSuspended = defineEvent("tenant.suspended", ofTenant);
export const TenantResumed = defineEvent("tenant.resumed", ofTenant);

const ofDomain = { version: 1, payload: z.object({ host: z.string(), revision }) };
export const DomainAdded = defineEvent("domain.added", ofDomain);
export const DomainRemoved = defineEvent("domain.removed", ofDomain);

/** What it has set for a module. The revision is that of these settings. */
export const TenantSettingsUpdated = defineEvent("tenant-settings.updated", {
  version: 1,
  payload: z.object({ module: z.string(), revision }),
});
