import { z } from "zod";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";

const ofRole = { version: 1, payload: z.object({ roleId: Id, revision: z.int().positive() }) };
export const RoleCreated = defineEvent("role.created", ofRole);
export const RoleUpdated = defineEvent("role.updated", ofRole);
export const RoleDeleted = defineEvent("role.deleted", ofRole);
