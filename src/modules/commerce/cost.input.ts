import { GraphQLSafeInt } from "graphql-scalars";
import { Field, InputType } from "type-graphql";
import { z } from "zod";
import type { Tenant } from "#kernel/context";
import { currencyOf } from "#kernel/fields";
import { Amount } from "./fields.ts";

/** What one costs the shop. Null says that it is not known any more. */
export const costOf = (tenant: Tenant) =>
  z.object({ currency: currencyOf(tenant), amount: Amount }).nullable();
type Cost = z.output<ReturnType<typeof costOf>>;

/** A cost as columns of a variant's row; none for a cost that was not given. */
export const costColumns = (cost: Cost | undefined) =>
  cost === undefined
    ? {}
    : { costAmount: cost?.amount ?? null, costCurrency: cost?.currency ?? null };

@InputType()
export class CostInput {
  @Field(() => String, { description: "ISO 4217; one the tenant sells in." })
  currency!: string;

  @Field(() => GraphQLSafeInt, { description: "Minor units: 1999 is 19.99 EUR and 1999 JPY." })
  amount!: number;
}
