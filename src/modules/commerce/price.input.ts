import { GraphQLSafeInt } from "graphql-scalars";
import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import type { Tenant } from "#kernel/context";
import { currencyOf, distinctBy, perTenant } from "#kernel/fields";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";
import { Amount, limits, ReadRevision } from "./fields.ts";

const priceOf = (tenant: Tenant) =>
  z
    .object({
      currency: currencyOf(tenant),
      amount: Amount,
      compareAtAmount: Amount.nullable().default(null),
    })
    .refine(({ amount, compareAtAmount }) => compareAtAmount === null || compareAtAmount > amount, {
      path: ["compareAtAmount"],
      error: "must be more than the amount",
    });

export const pricesOf = (tenant: Tenant) =>
  z
    .array(priceOf(tenant))
    .max(limits.prices)
    .superRefine(distinctBy(({ currency }) => currency, "currency"));

export const setPrices = perTenant((tenant) =>
  z.object({ variantId: Id, revision: ReadRevision, prices: pricesOf(tenant) }),
);
export type SetPrices = z.output<ReturnType<typeof setPrices>>;

@InputType()
export class PriceInput {
  @Field(() => String, { description: "ISO 4217; one the tenant sells in." })
  currency!: string;

  @Field(() => GraphQLSafeInt, { description: "Minor units: 1999 is 19.99 EUR and 1999 JPY." })
  amount!: number;

  @Field(() => GraphQLSafeInt, { nullable: true, description: "What it cost before: more." })
  compareAtAmount?: number | null;
}

@ValidatedBy(setPrices)
@InputType({ description: "The prices given replace those there are." })
export class SetPricesInput {
  @Field(() => GraphQLId)
  variantId!: string;

  @Field(() => Int, {
    nullable: true,
    description: "The product's revision you read; a stale one is a CONFLICT.",
  })
  revision?: number | null;

  @Field(() => [PriceInput])
  prices!: PriceInput[];
}
