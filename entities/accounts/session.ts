import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

export const methods = ["password", "oidc"] as const;
export type Method = (typeof methods)[number];

export const endReasons = ["signed-out", "reuse", "password", "administrator"] as const;
export type EndReason = (typeof endReasons)[number];

const SessionSchema = defineEntity({
  name: "Session",
  tableName: "sessions",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    userId: p.uuid(),
    method: p.string().$type<Method>(),
    /** What its refresh tokens are derived from, beside RUSTOK_SECRET. */
    salt: p.string(),
    /** Of the one refresh token that is good. */
    generation: p.integer().default(1),
    address: p.string().nullable(),
    userAgent: p.string().nullable(),
    createdAt: p.datetime().defaultRaw("now()"),
    refreshedAt: p.datetime().defaultRaw("now()"),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    endReason: p.string().$type<EndReason>().nullable(),
  },
});

/** Where somebody is signed in: the family of one refresh token and its successors. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
