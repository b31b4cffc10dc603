import { Field, InputType, Int, GraphQLISODateTime } from "type-graphql";
import { GraphQLId } from "./scalars.ts";

@InputType({ description: "All that are given must hold." })
export class IdFilter {
  @Field(() => GraphQLId, { nullable: true })
  eq?: string | null;

  @Field(() => [GraphQLId], { nullable: true })
  in?: string[] | null;
}

@InputType({ description: "All that are given must hold." })
export class StringFilter {
  @Field(() => String, { nullable: true })
  eq?: string | null;

  @Field(() => [String], { nullable: true })
  in?: string[] | null;

  @Field(() => String, { nullable: true, description: "Holds this text, in any case." })
  contains?: string | null;
}

@InputType({ description: "All that are given must hold." })
export class IntFilter {
  @Field(() => Int, { nullable: true })
  eq?: number | null;

  @Field(() => Int, { nullable: true })
  gte?: number | null;

  @Field(() => Int, { nullable: true })
  lte?: number | null;
}

@InputType({ description: "All that are given must hold." })
export class DateFilter {
  @Field(() => GraphQLISODateTime, { nullable: true })
  gte?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  lte?: Date | null;
}

type Operators = IdFilter | StringFilter | IntFilter | DateFilter;

/** The condition an operator filter stands for, in the ORM's spelling; undefined when it asks for nothing. */
export function condition(
  filter: Operators | null | undefined,
): Record<string, unknown> | undefined {
  const entries = Object.entries(filter ?? {}).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([operator, value]) =>
      operator === "contains"
        ? ["$ilike", `%${escapeLike(String(value))}%`]
        : [`$${operator}`, value],
    ),
  );
}

/** The conditions of a whole filter, for `where`; fields that ask for nothing are left out. */
export function conditions(
  filter: Record<string, Operators | null | undefined>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(filter)
      .map(([field, operators]) => [field, condition(operators)])
      .filter(([, found]) => found !== undefined),
  );
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (special) => `\\${special}`);
}
