import type { Role } from "#entities/accounts/user";
import type { PermissionsOfUser } from "./setup.ts";

/** What roles may do, of all the permissions that modules declare. */
export function permissionsByRole(declared: string[]): PermissionsOfUser {
  const editing = declared.filter((permission) => !permission.startsWith("accounts:"));
  const byRole: Record<Role, ReadonlySet<string>> = {
    administrator: new Set(declared),
    manager: new Set(editing),
    editor: new Set(editing),
    customer: new Set(),
  };
  return async (_, { role }) => byRole[role as Role] ?? new Set();
}
