import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";
import type { SearchKind } from "#entities/search/search-settings";

const SearchRuleSchema = defineEntity({
  name: "SearchRule",
  tableName: "search_rules",
  properties: {
    ...aggregate,
    kind: p.string().$type<SearchKind>(),
    /** Null for all. */
    locale: p.string().nullable(),
    /** Trimmed, in lower case, with single spaces. */
    query: p.string(),
    pinned: p.array(),
    hidden: p.array(),
    startsAt: p.datetime().nullable(),
    /** The first moment at which it does not apply any more. */
    endsAt: p.datetime().nullable(),
  },
});

/** What comes first in the answer to one query, and what is left out of it. */
export class SearchRule extends SearchRuleSchema.class {}
SearchRuleSchema.setClass(SearchRule);
