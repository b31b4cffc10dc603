import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { ValidatedBy } from "#kernel/graphql/validation";

const Source = z.string().max(63);

/** 24 to 64 bytes in base64, as Standard Webhooks asks for. */
const Secret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, "must be whsec_ and 24 to 64 bytes in base64");

export const rotateHookSecret = z.object({ source: Source, secret: Secret.nullish() });
export type RotateHookSecret = z.output<typeof rotateHookSecret>;

@ValidatedBy(rotateHookSecret)
@InputType()
export class RotateHookSecretInput implements z.input<typeof rotateHookSecret> {
  @Field(() => String)
  source!: string;

  @Field(() => String, {
    nullable: true,
    description: "What the sender signs with, where it says so itself; else one is made.",
  })
  secret?: string | null;
}

export const deleteHookSecret = z.object({ source: Source });

@ValidatedBy(deleteHookSecret)
@InputType()
export class DeleteHookSecretInput {
  @Field(() => String)
  source!: string;
}
