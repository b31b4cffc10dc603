import type { Database } from "#kernel/database/database";

/**
 * The roles that every tenant has. An administrator holds every permission of a tenant; what the others
 * hold is said by the modules, each for its own permissions.
 */
export const builtInRoles = ["administrator", "manager", "editor", "customer"] as const;
export type BuiltInRole = (typeof builtInRoles)[number];

/** Something that one may be allowed to do; declared by the module that asks for it. */
export interface PermissionDefinition {
  /** `resource:action`. */
  name: string;
  /** For whoever puts a role together. */
  description: string;
  /** The built-in roles that hold it, beside the administrator. */
  roles: Exclude<BuiltInRole, "administrator">[];
}

/** Permissions of `platform:` concern all tenants: no role of a tenant holds them, its administrator neither. */
export const isOfPlatform = (permission: string) => permission.startsWith("platform:");

/** What a built-in role may do, of the permissions that modules declare. */
export function heldBy(role: BuiltInRole, declared: readonly PermissionDefinition[]): string[] {
  return declared
    .filter(({ name, roles }) =>
      role === "administrator" ? !isOfPlatform(name) : roles.includes(role),
    )
    .map(({ name }) => name);
}

const declarations = new WeakMap<Database, readonly PermissionDefinition[]>();

/** Has a database's users hold permissions of these from now on; done once, where the database is opened. */
export function declarePermissions(db: Database, declared: readonly PermissionDefinition[]): void {
  declarations.set(db, declared);
}

/** Every permission that a module declares. */
export function declaredPermissions(db: Database): readonly PermissionDefinition[] {
  const declared = declarations.get(db);
  if (!declared) throw new Error("The database was opened without saying which permissions exist.");
  return declared;
}
