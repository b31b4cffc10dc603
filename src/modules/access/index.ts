export { everyPermission, permissionsOfRole, permissionsOfUser } from "./held.ts";
export { demandAll, refuseOutranked, refuseRoleChange, refuseUngrantable } from "./grant.ts";
export { forgetOldAudit, keepAuditLog } from "./forget-audit.ts";
export * as roles from "./role.service.ts";
export { createRole, updateRole } from "./role.input.ts";
export * from "./events.ts";
