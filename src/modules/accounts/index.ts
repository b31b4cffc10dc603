export * as users from "./users/user.service.ts";
export { openPasswords } from "./passwords/hashing.ts";
export { sendRequested } from "./requests/send.ts";
export { findActors } from "./sessions/actors.ts";
export { authenticate } from "./sessions/sign-in.ts";
export { accountsWith, type AccountsSetup, type PermissionsOfUser } from "./setup.ts";
export { forgetOld, tenantsWithOldSignIns } from "./upkeep.ts";
export { rescue } from "./users/rescue.ts";
export { createUser } from "./users/user.input.ts";
