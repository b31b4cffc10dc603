import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType, registerEnumType } from "type-graphql";
import { SearchRule } from "#entities/search/search-rule";
import type { SearchKind } from "#entities/search/search-settings";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { type Connection, paged, type PageArgs, toConnection } from "#kernel/graphql/connection";
import { conditions, StringFilter } from "#kernel/graphql/filters";
import { SearchKindEnum } from "../kind.ts";
import { type SearchRuleView, viewRule } from "./rule.view.ts";

@InputType()
export class SearchRuleFilter {
  @Field(() => SearchKindEnum, { nullable: true })
  kind?: SearchKind | null;

  @Field(() => StringFilter, { nullable: true })
  locale?: StringFilter | null;

  @Field(() => StringFilter, {
    nullable: true,
    description: "As rules have it: trimmed, in lower case, with single spaces.",
  })
  query?: StringFilter | null;
}

export enum SearchRuleSort {
  QUERY = "query",
  NEWEST = "newest",
}
registerEnumType(SearchRuleSort, { name: "SearchRuleSort" });

const orders = {
  [SearchRuleSort.QUERY]: { query: QueryOrder.ASC, id: QueryOrder.ASC },
  [SearchRuleSort.NEWEST]: { id: QueryOrder.DESC },
};

export function find(
  ctx: RequestContext,
  page: PageArgs,
  { kind, ...filter }: SearchRuleFilter = {},
  sort = SearchRuleSort.QUERY,
): Promise<Connection<SearchRuleView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(SearchRule, {
      where: { ...conditions(filter), ...(kind && { kind }) },
      ...paged(page, orders[sort]),
    });
    return toConnection(found, viewRule);
  });
}
