import { Field, InputType } from "type-graphql";

@InputType({ description: "All that are given must hold." })
export class MemberFilter {
  @Field(() => String, { nullable: true, description: "It is among them." })
  eq?: string | null;

  @Field(() => [String], { nullable: true, description: "At least one of these is among them." })
  in?: string[] | null;
}

/** The condition on a column that holds an array of handles. */
export function anyOf(
  column: string,
  filter: MemberFilter | null | undefined,
): Record<string, unknown> {
  const both = [
    filter?.eq ? { [column]: { $contains: [filter.eq] } } : undefined,
    filter?.in ? { [column]: { $overlap: filter.in } } : undefined,
  ];
  const given = both.filter((condition) => condition !== undefined);
  return given.length > 0 ? { $and: given } : {};
}
