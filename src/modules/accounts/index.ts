export * as users from "./user.service.ts";
