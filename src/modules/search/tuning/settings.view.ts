import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { SearchKind, SearchSettings } from "#entities/search/search-settings";
import { GraphQLId } from "#kernel/graphql/scalars";
import type { RankingRule, Tuning } from "../engine.ts";
import { SearchKindEnum } from "../kind.ts";
import { RankingRuleEnum } from "./settings.input.ts";
import { defaultTunings } from "./tuned.ts";

@ObjectType("SearchSettings", { simpleResolvers: true })
export class SearchSettingsView implements Tuning {
  @Field(() => SearchKindEnum)
  kind!: SearchKind;

  @Field(() => String)
  locale!: string;

  @Field(() => [[String]], { description: "Words of one list find each other." })
  synonyms!: string[][];

  @Field(() => [String], { description: "Passed over in a query that has other words." })
  stopWords!: string[];

  @Field(() => [RankingRuleEnum], {
    description: "What orders hits that match the words equally well, most important first.",
  })
  ranking!: RankingRule[];

  @Field(() => Int, { description: "0 until they are set for the first time." })
  revision!: number;

  @Field(() => GraphQLISODateTime, { nullable: true })
  updatedAt!: Date | null;

  @Field(() => GraphQLId, { nullable: true, description: "Who set them last." })
  updatedBy!: string | null;
}

export function viewSettings(settings: SearchSettings): SearchSettingsView {
  const { kind, locale, synonyms, stopWords, revision, updatedAt, updatedBy } = settings;
  const ranking = settings.ranking as RankingRule[];
  const set = { kind, locale, synonyms, stopWords, ranking, revision };
  return { ...set, updatedAt, updatedBy: updatedBy ?? null };
}

/** What holds as long as nobody has set anything. */
export function viewDefaults(kind: SearchKind, locale: string): SearchSettingsView {
  return { kind, locale, ...defaultTunings[kind], revision: 0, updatedAt: null, updatedBy: null };
}
