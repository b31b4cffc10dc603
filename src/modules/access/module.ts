import { Role } from "#entities/access/role";
import { AuditEntry } from "#entities/kernel/audit-entry";
import { forgetOldAuditEntries } from "#jobs/forget-old-audit";
import { defineModule } from "#kernel/modules/module";
import { AuditResolver } from "./audit.resolver.ts";
import * as events from "./events.ts";
import { RoleResolver } from "./role.resolver.ts";

export const accessModule = defineModule({
  slug: "access",
  name: "Roles and audit log",
  version: "1.0.0",
  dependsOn: ["tenants"],
  entities: [Role, AuditEntry],
  tables: ["audit_log", "roles"],
  permissions: [
    { name: "roles:read", description: "See roles and what they are made of.", roles: [] },
    { name: "roles:write", description: "Create, change and delete roles.", roles: [] },
    {
      name: "platform:administrators",
      description: "Change the accounts of super administrators.",
      roles: [],
    },
    { name: "audit:read", description: "See who changed what, from where.", roles: [] },
  ],
  resolvers: [RoleResolver, AuditResolver],
  events: Object.values(events),
  schedules: [forgetOldAuditEntries],
});
