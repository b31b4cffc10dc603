import { GraphQLSafeInt } from "graphql-scalars";
import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { GraphQLId } from "#kernel/graphql/scalars";
import { type RecordSales, RecordSalesInput } from "./sales.input.ts";
import * as sales from "./sales.service.ts";

@ObjectType("UnitsSold", { simpleResolvers: true })
export class UnitsSoldView implements sales.UnitsSold {
  @Field(() => GraphQLId)
  productId!: string;

  @Field(() => GraphQLSafeInt, { description: "So far, returns taken off." })
  units!: number;
}

@Resolver()
export class SalesResolver {
  @Requires("sales:write")
  @Mutation(() => [UnitsSoldView], { description: "All are recorded or none; answers the totals." })
  recordSales(
    @Arg("input", () => RecordSalesInput) input: RecordSales,
    @Ctx() ctx: RequestContext,
  ): Promise<UnitsSoldView[]> {
    return sales.record(ctx, input);
  }
}
