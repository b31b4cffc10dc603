import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";

/** What is searched for. */
export const searchKinds = ["products", "content"] as const;
export type SearchKind = (typeof searchKinds)[number];

const SearchSettingsSchema = defineEntity({
  name: "SearchSettings",
  tableName: "search_settings",
  properties: {
    ...aggregate,
    kind: p.string().$type<SearchKind>(),
    locale: p.string(),
    synonyms: p.json<string[][]>(),
    stopWords: p.array(),
    ranking: p.array(),
    updatedBy: p.uuid().nullable(),
  },
});

/** What a tenant has set for its searches of one kind in one locale. */
export class SearchSettings extends SearchSettingsSchema.class {}
SearchSettingsSchema.setClass(SearchSettings);
