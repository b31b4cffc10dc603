import { z } from "zod";
import { scopes } from "#entities/taxonomy/category";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";

const ofCategory = {
  version: 1,
  payload: z.object({ categoryId: Id, scope: z.enum(scopes), revision: z.int().positive() }),
};
export const CategoryCreated = defineEvent("category.created", ofCategory);
export const CategoryUpdated = defineEvent("category.updated", ofCategory);
export const CategoryDeleted = defineEvent("category.deleted", ofCategory);

const ofTag = {
  version: 1,
  payload: z.object({ tagId: Id, scope: z.enum(scopes), revision: z.int().positive() }),
};
export const TagCreated = defineEvent("tag.created", ofTag);
export const TagUpdated = defineEvent("tag.updated", ofTag);
export const TagDeleted = defineEvent("tag.deleted", ofTag);
