import { z } from "zod";
import { searchKinds } from "#entities/search/search-settings";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";

export const SearchSettingsUpdated = defineEvent("search.settings-updated", {
  version: 1,
  payload: z.object({ kind: z.enum(searchKinds), locale: z.string() }),
});

const ofRule = {
  version: 1,
  payload: z.object({ ruleId: Id, revision: z.int().positive() }),
};
export const SearchRuleCreated = defineEvent("search.rule-created", ofRule);
export const SearchRuleUpdated = defineEvent("search.rule-updated", ofRule);
export const SearchRuleDeleted = defineEvent("search.rule-deleted", ofRule);
