import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { SearchRule } from "#entities/search/search-rule";
import type { SearchKind } from "#entities/search/search-settings";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import { SearchKindEnum } from "../kind.ts";

@ObjectType("SearchRule", {
  simpleResolvers: true,
  description:
    "What editors have put first in the answer to a query, and what they have left out. A rule for one locale goes before a rule for all.",
})
export class SearchRuleView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => SearchKindEnum)
  kind!: SearchKind;

  @Field(() => String, { nullable: true, description: "Null for all." })
  locale!: string | null;

  @Field(() => String, { description: "Trimmed, in lower case, with single spaces." })
  query!: string;

  @Field(() => [GraphQLId], {
    description: "What comes first, in this order; what is not public is passed over.",
  })
  pinned!: string[];

  @Field(() => [GraphQLId], { description: "What is left out." })
  hidden!: string[];

  @Field(() => GraphQLISODateTime, { nullable: true })
  startsAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "The first moment at which it does not apply any more.",
  })
  endsAt!: Date | null;

  @Field(() => Boolean, { description: "Whether it applies now." })
  active!: boolean;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export const SearchRuleConnection = connectionOf(() => SearchRuleView, "SearchRule");

export function viewRule(rule: SearchRule): SearchRuleView {
  const { id, revision, kind, query, pinned, hidden, createdAt, updatedAt } = rule;
  const { locale = null, startsAt = null, endsAt = null } = rule;
  const now = new Date();
  const active = (!startsAt || startsAt <= now) && (!endsAt || now < endsAt);
  const asked = { kind, locale, query, pinned, hidden, startsAt, endsAt, active };
  return { id, revision, ...asked, createdAt, updatedAt };
}
