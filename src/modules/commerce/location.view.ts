import { Field, GraphQLISODateTime, ObjectType } from "type-graphql";
import type { StockLocation } from "#entities/commerce/stock-location";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";

@ObjectType("AdminStockLocation", { simpleResolvers: true })
export class StockLocationView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;
}

export const StockLocationConnection = connectionOf(() => StockLocationView, "AdminStockLocation");

export function viewStockLocation(location: StockLocation): StockLocationView {
  const { id, handle, name, createdAt } = location;
  return { id, handle, name, createdAt };
}
