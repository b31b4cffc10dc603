import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";

const RoleSchema = defineEntity({
  name: "Role",
  tableName: "roles",
  properties: {
    ...aggregate,
    slug: p.string(),
    name: p.string(),
    /** Sorted, each once. */
    permissions: p.array(),
  },
});

/** What a tenant lets some of its people do, beside the built-in roles. */
export class Role extends RoleSchema.class {}
RoleSchema.setClass(Role);
