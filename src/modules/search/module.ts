import { SearchRule } from "#entities/search/search-rule";
import { type SearchKind, SearchSettings } from "#entities/search/search-settings";
import { distinct, on } from "#kernel/events/listeners";
import { defineModule } from "#kernel/modules/module";
import { applySearchSettings } from "#jobs/apply-search-settings";
import { deleteTenants } from "#jobs/delete-tenants";
import { forgetOld } from "#jobs/forget-old";
import { pruneOutbox } from "#jobs/prune-outbox";
import { patrolIndex } from "#jobs/patrol-index";
import { removeOldGenerations } from "#jobs/remove-old-generations";
import { ContentSearchResolver } from "./content-search.resolver.ts";
import { driftGauges } from "./upkeep/drift-gauges.ts";
import * as events from "./tuning/events.ts";
import { ProductSearchResolver } from "./product-search.resolver.ts";
import { QueryStatisticsResolver } from "./statistics/query-statistics.resolver.ts";
import { SearchRuleResolver } from "./tuning/rule.resolver.ts";
import { SearchResolver } from "./search.resolver.ts";
import { SearchSettingsResolver } from "./tuning/settings.resolver.ts";
import { SuggestResolver } from "./suggest.resolver.ts";
import { SearchTokenResolver } from "./token.resolver.ts";

export const searchModule = defineModule({
  slug: "search",
  name: "Search",
  version: "1.0.0",
  dependsOn: ["tenants", "taxonomy", "content", "commerce", "index", "storefront"],
  entities: [SearchSettings, SearchRule],
  tables: [
    "index_words",
    "search_indexes",
    "search_popular",
    "search_queries",
    "search_rules",
    "search_settings",
  ],
  permissions: [
    {
      name: "search:read",
      description: "See rules, settings and statistics of searches.",
      roles: ["manager", "editor"],
    },
    {
      name: "search:write",
      description: "Pin and hide hits, and set how searches rank.",
      roles: ["manager"],
    },
  ],
  resolvers: [
    ProductSearchResolver,
    ContentSearchResolver,
    SearchResolver,
    SuggestResolver,
    QueryStatisticsResolver,
    SearchSettingsResolver,
    SearchRuleResolver,
    SearchTokenResolver,
  ],
  events: Object.values(events),
  jobs: [applySearchSettings],
  gauges: driftGauges,
  schedules: [patrolIndex, removeOldGenerations, forgetOld, pruneOutbox, deleteTenants],
  listeners: [
    on(
      [events.SearchSettingsUpdated],
      applySearchSettings,
      distinct(
        ({ kind }) => kind,
        ([kind]) => ({ kind: kind as SearchKind }),
        1,
      ),
    ),
  ],
});
