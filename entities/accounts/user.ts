import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

export const roles = ["administrator", "editor"] as const;
export type Role = (typeof roles)[number];

const UserSchema = defineEntity({
  name: "User",
  tableName: "users",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    email: p.string(),
    name: p.string(),
    role: p.string().$type<Role>(),
    /** argon2id, with its salt and parameters. */
    passwordHash: p.string(),
    createdAt: p.datetime().defaultRaw("now()"),
  },
});

/** A person who signs in to one tenant. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
