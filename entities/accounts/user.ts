import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";

const UserSchema = defineEntity({
  name: "User",
  tableName: "users",
  properties: {
    ...aggregate,
    email: p.string(),
    name: p.string(),
    /** The slug of a built-in role, or of one of the tenant's own. */
    role: p.string(),
    /** argon2id, with its salt and parameters; null: no password opens the account. */
    passwordHash: p.string().nullable(),
    /** When its owner last showed to read what is sent there. */
    emailVerifiedAt: p.datetime().nullable(),
  },
});

/** A person who signs in to one tenant. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
