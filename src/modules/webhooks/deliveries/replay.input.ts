import { Field, GraphQLISODateTime, InputType } from "type-graphql";
import { z } from "zod";
import { Moment } from "#kernel/fields";
import { key } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";

/** What an endpoint is to be sent of what there was. */
export const replayRange = z
  .object({
    from: Moment.nullish(),
    until: Moment.nullish(),
    sinceEventId: Id.nullish(),
  })
  .superRefine(({ from, until, sinceEventId }, issue) => {
    if (!from && !sinceEventId) {
      issue.addIssue({ code: "custom", path: ["from"], message: "give this or sinceEventId" });
    }
    if (from && sinceEventId) {
      issue.addIssue({ code: "custom", path: ["sinceEventId"], message: "give this or from" });
    }
    if (from && until && from > until) {
      issue.addIssue({ code: "custom", path: ["until"], message: "must not be before from" });
    }
  });

export const replayWebhooks = replayRange.safeExtend({ endpointId: Id });
export type ReplayWebhooks = z.output<typeof replayWebhooks>;

@ValidatedBy(replayWebhooks)
@InputType({ description: "A range of time, or everything since an event." })
export class ReplayWebhooksInput implements z.input<typeof replayWebhooks> {
  @Field(() => GraphQLId)
  endpointId!: string;

  @Field(() => GraphQLISODateTime, { nullable: true })
  from?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "Left out: until now." })
  until?: Date | null;

  @Field(() => GraphQLId, { nullable: true, description: "That event and all after it." })
  sinceEventId?: string | null;
}

export const oneDelivery = key.pick({ id: true });

@ValidatedBy(oneDelivery)
@InputType()
export class ReplayWebhookDeliveryInput {
  @Field(() => GraphQLId)
  id!: string;
}
