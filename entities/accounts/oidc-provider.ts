import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";

const OidcProviderSchema = defineEntity({
  name: "OidcProvider",
  tableName: "oidc_providers",
  properties: {
    ...aggregate,
    handle: p.string(),
    name: p.string(),
    /** The URL that its metadata is found below. */
    issuer: p.string(),
    clientId: p.string(),
    /** Sealed with RUSTOK_SECRET; null for a public client. */
    clientSecret: p.string().nullable(),
    /** The tenant's own pages that a sign-in may come back to. */
    redirectUris: p.array(),
    /** Of accounts made for newcomers; null: there are none. */
    role: p.string().nullable(),
    enabled: p.boolean().default(true),
  },
});

/** Who may vouch for a tenant's people by OpenID Connect. */
export class OidcProvider extends OidcProviderSchema.class {}
OidcProviderSchema.setClass(OidcProvider);
