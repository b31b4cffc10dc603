import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { distinctBy, Handle, label, verbatim } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { ValidatedBy } from "#kernel/graphql/validation";
import { RoleSlug } from "../users/user.input.ts";

/** Without encryption only what does not leave the machine. */
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;

const SafeUrl = z
  .url({ protocol: /^https?$/, error: "must be an https URL" })
  .max(2_000)
  .refine((text) => {
    const url = URL.canParse(text) && new URL(text);
    return url && (url.protocol === "https:" || loopback.test(url.hostname));
  }, "must be an https URL")
  .refine((text) => !text.includes("#"), "must have no fragment");

export const createOidcProvider = z.object({
  handle: Handle,
  name: label(255),
  issuer: SafeUrl,
  clientId: verbatim(500).min(1),
  clientSecret: verbatim(1_000).min(1).nullish(),
  redirectUris: z
    .array(SafeUrl)
    .min(1)
    .max(20)
    .superRefine(distinctBy((uri) => uri, "address")),
  role: RoleSlug.nullish(),
  enabled: z.boolean().default(true),
});
export type CreateOidcProvider = z.output<typeof createOidcProvider>;

export const updateOidcProvider = createOidcProvider
  .extend({ enabled: z.boolean() })
  .partial()
  .extend(key.shape);
export type UpdateOidcProvider = z.output<typeof updateOidcProvider>;

const described = {
  issuer: "Below it, at `/.well-known/openid-configuration`, the provider says what it can.",
  redirectUris:
    "Your own pages that a sign-in may come back to; the provider has to know them, too.",
  role: "Of accounts made for newcomers; with null, only who has an account can sign in.",
};

@ValidatedBy(createOidcProvider)
@InputType()
export class CreateOidcProviderInput implements z.input<typeof createOidcProvider> {
  @Field(() => String, { description: "In the address where a sign-in starts." })
  handle!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: described.issuer })
  issuer!: string;

  @Field(() => String)
  clientId!: string;

  @Field(() => String, { nullable: true, description: "Never shown again." })
  clientSecret?: string | null;

  @Field(() => [String], { description: described.redirectUris })
  redirectUris!: string[];

  @Field(() => String, { nullable: true, description: described.role })
  role?: string | null;

  @Field(() => Boolean, { nullable: true, description: "True when left out." })
  enabled?: boolean;
}

@ValidatedBy(updateOidcProvider)
@InputType({ description: "What is left out stays." })
export class UpdateOidcProviderInput
  extends KeyInput
  implements z.input<typeof updateOidcProvider>
{
  @Field(() => String, { nullable: true })
  handle?: string;

  @Field(() => String, { nullable: true })
  name?: string;

  @Field(() => String, { nullable: true, description: described.issuer })
  issuer?: string;

  @Field(() => String, { nullable: true })
  clientId?: string;

  @Field(() => String, { nullable: true, description: "Never shown again." })
  clientSecret?: string | null;

  @Field(() => [String], { nullable: true, description: described.redirectUris })
  redirectUris?: string[];

  @Field(() => String, { nullable: true, description: described.role })
  role?: string | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean;
}
