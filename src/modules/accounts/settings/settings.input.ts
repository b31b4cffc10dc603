import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import { label } from "#kernel/fields";
import { ValidatedBy } from "#kernel/graphql/validation";

export const updateAccountSettings = z.object({
  registration: z.boolean().optional(),
  link: z
    .url({ protocol: /^https?$/, normalize: true, error: "must be an http(s) URL" })
    .max(2_000)
    .nullish(),
  sender: label(100)
    .refine((name) => !/[\r\n]/.test(name), "must be one line")
    .nullish(),
  revision: z.int().min(0).nullish(),
});
export type UpdateAccountSettings = z.output<typeof updateAccountSettings>;

@ValidatedBy(updateAccountSettings)
@InputType({ description: "What is left out stays." })
export class UpdateAccountSettingsInput implements z.input<typeof updateAccountSettings> {
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether anybody may make themselves an account.",
  })
  registration?: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      "The page that links in mails lead to, on one of the tenant's hosts; `#action=…&token=…` is added. With null, mails show a code to type in.",
  })
  link?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The name that mails are from; with null the tenant's own.",
  })
  sender?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "The revision you read, 0 of what was never set; a stale one is a CONFLICT.",
  })
  revision?: number | null;
}
