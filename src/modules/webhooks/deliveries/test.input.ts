import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";

export const sendTestWebhook = z.object({ endpointId: Id });

@ValidatedBy(sendTestWebhook)
@InputType()
export class SendTestWebhookInput {
  @Field(() => GraphQLId)
  endpointId!: string;
}
