import {
  Arg,
  Ctx,
  Field,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from "type-graphql";
import { z } from "zod";
import { Requires, SignedIn } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";
import { preferences, type Preference, setPreference } from "./preferences.service.ts";
import { setThreshold, type StockThreshold, thresholdOf } from "./stock.service.ts";

@ObjectType("NotificationPreference", { simpleResolvers: true })
class PreferenceView implements Preference {
  @Field(() => String, { description: "The kind of mail, such as notifications.low-stock." })
  template!: string;

  @Field(() => String)
  description!: string;

  @Field(() => Boolean)
  wanted!: boolean;
}

const preferenceInput = z.object({ template: z.string().max(100), wanted: z.boolean() });

@ValidatedBy(preferenceInput)
@InputType()
class SetNotificationPreferenceInput implements z.input<typeof preferenceInput> {
  @Field(() => String)
  template!: string;

  @Field(() => Boolean)
  wanted!: boolean;
}

@ObjectType("LowStockThreshold", { simpleResolvers: true })
class StockThresholdView implements StockThreshold {
  @Field(() => GraphQLId)
  variantId!: string;

  @Field(() => Int, { nullable: true, description: "The variant's own." })
  own!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "What holds: from so few on it is low. Null: it never is.",
  })
  threshold!: number | null;

  @Field(() => Boolean, { description: "Whether people were told that it is, and it is still." })
  isLow!: boolean;
}

const thresholdInput = z.object({
  variantId: Id,
  threshold: z.int().min(0).max(1_000_000).nullable(),
});

@ValidatedBy(thresholdInput)
@InputType()
class SetLowStockThresholdInput implements z.input<typeof thresholdInput> {
  @Field(() => GraphQLId)
  variantId!: string;

  @Field(() => Int, { nullable: true, description: "Null: the tenant's." })
  threshold!: number | null;
}

@Resolver()
export class NotificationResolver {
  @SignedIn()
  @Query(() => [PreferenceView], { description: "What the caller is told of by mail." })
  notificationPreferences(@Ctx() ctx: RequestContext): Promise<PreferenceView[]> {
    return preferences(ctx);
  }

  @SignedIn()
  @Mutation(() => [PreferenceView])
  setNotificationPreference(
    @Arg("input", () => SetNotificationPreferenceInput) input: SetNotificationPreferenceInput,
    @Ctx() ctx: RequestContext,
  ): Promise<PreferenceView[]> {
    return setPreference(ctx, input);
  }

  @Requires("commerce:read")
  @Query(() => StockThresholdView, { nullable: true })
  lowStockThreshold(
    @Arg("variantId", () => GraphQLId) variantId: string,
    @Ctx() ctx: RequestContext,
  ): Promise<StockThresholdView | null> {
    return thresholdOf(ctx, variantId);
  }

  @Requires("commerce:write")
  @Mutation(() => StockThresholdView)
  setLowStockThreshold(
    @Arg("input", () => SetLowStockThresholdInput) input: z.output<typeof thresholdInput>,
    @Ctx() ctx: RequestContext,
  ): Promise<StockThresholdView> {
    return setThreshold(ctx, input);
  }
}
