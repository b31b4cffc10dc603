import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

const UserSchema = defineEntity({
  name: "User",
  tableName: "users",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    email: p.string(),
    name: p.string(),
    /** The slug of a built-in role, or of one of the tenant's own. */
    role: p.string(),
    /** argon2id, with its salt and parameters. */
    passwordHash: p.string(),
    createdAt: p.datetime().defaultRaw("now()"),
  },
});

/** A person who signs in to one tenant. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
