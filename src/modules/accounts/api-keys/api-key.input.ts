import { Field, GraphQLISODateTime, InputType } from "type-graphql";
import { z } from "zod";
import { distinctBy, label, Moment } from "#kernel/fields";
import { key } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";

const Permission = z
  .string()
  .max(100)
  .regex(/^[a-z-]+:[a-z-]+$/, "must be a permission, such as content:read");

export const createApiKey = z.object({
  name: label(255),
  scopes: z
    .array(Permission)
    .min(1)
    .max(100)
    .superRefine(distinctBy((scope) => scope, "permission")),
  expiresAt: Moment.refine((moment) => moment > new Date(), "must be in the future").nullish(),
});
export type CreateApiKey = z.output<typeof createApiKey>;

@ValidatedBy(createApiKey)
@InputType()
export class CreateApiKeyInput implements z.input<typeof createApiKey> {
  @Field(() => String)
  name!: string;

  @Field(() => [String], {
    description:
      "Permissions, such as `content:read`; none that you do not have, and none of the platform.",
  })
  scopes!: string[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: "Left out: it stays good." })
  expiresAt?: Date | null;
}

export const revokeApiKey = key.pick({ id: true });

@ValidatedBy(revokeApiKey)
@InputType()
export class RevokeApiKeyInput {
  @Field(() => GraphQLId)
  id!: string;
}
