import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";

export const roles = ["administrator", "manager", "editor", "customer"] as const;
export type Role = (typeof roles)[number];

const UserSchema = defineEntity({
  name: "User",
  tableName: "users",
  properties: {
    ...aggregate,
    email: p.string(),
    name: p.string(),
    role: p.string().$type<Role>(),
    /** argon2id, with its salt and parameters; null: no password opens the account. */
    passwordHash: p.string().nullable(),
    /** When its owner last showed to read what is sent there. */
    emailVerifiedAt: p.datetime().nullable(),
  },
});

/** A person who signs in to one tenant. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
