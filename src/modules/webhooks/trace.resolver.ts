import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { TraceView } from "#modules/index";
import { WebhookAttemptView, WebhookDeliveryView } from "./deliveries/delivery.view.ts";
import { deliveriesOf, type TracedDelivery } from "./trace.queries.ts";

@ObjectType("TracedWebhook", { simpleResolvers: true })
class TracedDeliveryView implements TracedDelivery {
  @Field(() => String, { description: "Where it goes." })
  url!: string;

  @Field(() => WebhookDeliveryView)
  delivery!: WebhookDeliveryView;

  @Field(() => [WebhookAttemptView], { description: "The oldest first." })
  attempts!: WebhookAttemptView[];
}

@Resolver(() => TraceView)
export class TraceWebhooksResolver {
  @Requires("webhooks:read")
  @FieldResolver(() => [TracedDeliveryView], { nullable: true, description: "Who was told of it." })
  webhooks(@Root() { id }: TraceView, @Ctx() ctx: RequestContext): Promise<TracedDelivery[]> {
    return deliveriesOf(ctx, id);
  }
}
