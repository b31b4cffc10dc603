import { ArgsType, Field, InputType, Int, registerEnumType } from "type-graphql";
import { z } from "zod";
import type { SearchKind } from "#entities/search/search-settings";
import { distinctBy, localeOf, perTenant, verbatim } from "#kernel/fields";
import { ValidatedBy } from "#kernel/graphql/validation";
import type { RankingRule } from "../engine.ts";
import { SearchKindEnum } from "../kind.ts";
import { normalised } from "../query.ts";

export const RankingRuleEnum = {
  BOOST: "boost",
  STOCK: "stock",
  SALES: "sales",
  RECENCY: "recency",
} as const satisfies Record<string, RankingRule>;
registerEnumType(RankingRuleEnum, {
  name: "RankingRule",
  description: "What orders hits that match the words equally well.",
  valuesConfig: {
    BOOST: { description: "The product's own boost, highest first." },
    STOCK: { description: "What is in stock first." },
    SALES: { description: "What has sold more first, by powers of two." },
    RECENCY: { description: "By the day of publication, newest first." },
  },
});

const itself = (word: string) => word;
const word = verbatim(100)
  .transform(normalised)
  .refine((said) => said.length > 0, "must not be empty");
const synonyms = z
  .array(z.array(word).min(2).max(20).superRefine(distinctBy(itself, "word")))
  .max(1_000);
const stopWords = z
  .array(word.refine((said) => !said.includes(" "), "must be a single word"))
  .max(1_000)
  .superRefine(distinctBy(itself, "word"));
const eachOnce = <Rule extends z.ZodType<RankingRule>>(rule: Rule) =>
  z.array(rule).superRefine(distinctBy(itself, "rule")).optional();

export const updateSearchSettings = perTenant((tenant) => {
  const either = {
    locale: localeOf(tenant),
    synonyms: synonyms.optional(),
    stopWords: stopWords.optional(),
    revision: z.int().min(0).nullish(),
  };
  const rule = z.enum(Object.values(RankingRuleEnum));
  const recency = rule.refine(
    (asked) => asked === "recency",
    "must be recency: content has nothing else to go by",
  );
  return z.discriminatedUnion("kind", [
    z.object({ ...either, kind: z.literal("products"), ranking: eachOnce(rule) }),
    z.object({ ...either, kind: z.literal("content"), ranking: eachOnce(recency) }),
  ]);
});
export type UpdateSearchSettings = z.output<ReturnType<typeof updateSearchSettings>>;

@ValidatedBy(perTenant((tenant) => z.object({ locale: localeOf(tenant) })))
@ArgsType()
export class SearchSettingsArgs {
  @Field(() => SearchKindEnum)
  kind!: SearchKind;

  @Field(() => String, { description: "One of the tenant's." })
  locale!: string;
}

@ValidatedBy(updateSearchSettings)
@InputType({
  description: "What is left out stays; a list that is given replaces the one there is.",
})
export class UpdateSearchSettingsInput {
  @Field(() => SearchKindEnum)
  kind!: SearchKind;

  @Field(() => String, { description: "One of the tenant's." })
  locale!: string;

  @Field(() => [[String]], {
    nullable: true,
    description: "At most 1,000 lists of two to twenty words or phrases that find each other.",
  })
  synonyms?: string[][];

  @Field(() => [String], {
    nullable: true,
    description: "At most 1,000 words that are passed over in a query that has others.",
  })
  stopWords?: string[];

  @Field(() => [RankingRuleEnum], {
    nullable: true,
    description: "Most important first, each at most once; of content recency alone.",
  })
  ranking?: RankingRule[];

  @Field(() => Int, {
    nullable: true,
    description: "The revision you read, 0 of what was never set; a stale one is a CONFLICT.",
  })
  revision?: number | null;
}
