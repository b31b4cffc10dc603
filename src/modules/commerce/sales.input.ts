import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import { distinctBy } from "#kernel/fields";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";
import { limits } from "./fields.ts";

export const recordSales = z.object({
  sales: z
    .array(
      z.object({
        productId: Id,
        units: z.int32().refine((units) => units !== 0, "must not be zero"),
      }),
    )
    .min(1)
    .max(limits.sales)
    .superRefine(distinctBy(({ productId }) => productId, "product")),
});
export type RecordSales = z.output<typeof recordSales>;

@InputType()
export class SaleInput {
  @Field(() => GraphQLId)
  productId!: string;

  @Field(() => Int, { description: "Added to what was sold so far; below zero for returns." })
  units!: number;
}

@ValidatedBy(recordSales)
@InputType({
  description:
    "What was sold or came back, each product once. Recorded at the same time, all count.",
})
export class RecordSalesInput {
  @Field(() => [SaleInput], { description: `At most ${limits.sales}.` })
  sales!: SaleInput[];
}
