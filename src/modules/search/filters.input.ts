import { GraphQLSafeInt } from "graphql-scalars";
import { Field, InputType } from "type-graphql";
import { z } from "zod";
import type { MemberFilter } from "#modules/storefront";
import type { Among, Maybe } from "./engine.ts";

@InputType({ description: "All that are given must hold." })
export class ChoiceFilter {
  @Field(() => String, { nullable: true })
  eq?: string | null;

  @Field(() => [String], { nullable: true })
  in?: string[] | null;
}

@InputType({ description: "All that are given must hold." })
export class PriceFilter {
  @Field(() => GraphQLSafeInt, { nullable: true, description: "Minor units." })
  gte?: number | null;

  @Field(() => GraphQLSafeInt, { nullable: true, description: "Minor units." })
  lte?: number | null;
}

@InputType()
export class OptionFilter {
  @Field(() => String, { description: "Size, Colour." })
  name!: string;

  @Field(() => [String], { description: "Some variant has one of these." })
  in!: string[];
}

const word = z
  .string()
  .max(255)
  .refine((text) => !text.includes("\0"), "must not contain NUL");
const words = z.array(word).max(100);

export const Choice = z.object({ eq: word.nullish(), in: words.nullish() }).nullish();
export const Options = z
  .array(z.object({ name: word, in: words.min(1) }))
  .max(10)
  .nullish();
const amount = z.int().min(0).nullish();
export const Prices = z.object({ gte: amount, lte: amount }).nullish();

/** What both searches are asked besides their filters. */
export const searchArgs = {
  query: z
    .string()
    .max(500)
    .refine((text) => !text.includes("\0"), "must not contain NUL"),
  locale: z.string().max(35).nullish(),
  first: z.int().min(1).max(100),
  after: z.string().max(3_000).nullish(),
};

/** What the one value of a document must be among; undefined when the filter asks for nothing. */
export function chosen(filter: Maybe<ChoiceFilter>): Maybe<string[]> {
  if (!filter?.eq) return filter?.in;
  return filter.in && !filter.in.includes(filter.eq) ? [] : [filter.eq];
}

/** The same for a document's list of values. */
export function among(filter: Maybe<MemberFilter>): Maybe<Among> {
  return filter && { any: filter.in, all: filter.eq ? [filter.eq] : null };
}
