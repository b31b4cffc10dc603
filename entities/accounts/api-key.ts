import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

const ApiKeySchema = defineEntity({
  name: "ApiKey",
  tableName: "api_keys",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    name: p.string(),
    /** What the key begins with. */
    prefix: p.string(),
    /** SHA-256 of the whole key: it is random enough for a fast one. */
    hash: p.string(),
    /** The permissions it has. */
    scopes: p.array(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime().defaultRaw("now()"),
    expiresAt: p.datetime().nullable(),
    /** To the minute. */
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});

/** What an integration shows instead of signing in. */
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey);
