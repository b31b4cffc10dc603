import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

const HookSecretSchema = defineEntity({
  name: "HookSecret",
  tableName: "hook_secrets",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    /** As a module declares it: `stock-levels`. */
    source: p.string(),
    /** Sealed with RUSTOK_SECRET, as is the one before. */
    secret: p.string(),
    previousSecret: p.string().nullable(),
    previousSecretUntil: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw("now()"),
    rotatedAt: p.datetime().nullable(),
  },
});

/** What a source of webhooks signs with. */
export class HookSecret extends HookSecretSchema.class {}
HookSecretSchema.setClass(HookSecret);
