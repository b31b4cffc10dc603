import { locations, createStockLocation } from "#modules/commerce";
import { authors, createAuthor } from "#modules/content";
import { categories, createCategory, createTag, tags } from "#modules/taxonomy";
import type { AuthorRecord, CategoryRecord, LocationRecord, TagRecord } from "../records.ts";
import { checked, type Plan, type Site } from "./plan.ts";

export function planLocation({ handle, name }: LocationRecord): Plan {
  const input = checked(createStockLocation, { handle, name });
  return {
    create: async (tx) => (await locations.create(tx, input)).id,
    update: async (tx, id) => void (await locations.update(tx, { id, ...input })),
  };
}

export function planAuthor({ handle, name, bio }: AuthorRecord): Plan {
  const input = checked(createAuthor, { handle, name, bio });
  return {
    create: async (tx) => (await authors.create(tx, input)).id,
    update: async (tx, id) => void (await authors.update(tx, { id, ...input })),
  };
}

export function planCategory(record: CategoryRecord, { idOf }: Site): Plan {
  const { scope, handle, parent, position, translations } = record;
  const parentId = parent === null ? null : idOf("category", parent);
  const input = checked(createCategory, { scope, handle, parentId, position, translations });
  const { scope: _scope, ...changes } = input;
  return {
    create: async (tx) => (await categories.create(tx, input)).id,
    update: async (tx, id) => void (await categories.update(tx, { id, ...changes })),
  };
}

export function planTag({ scope, handle, name }: TagRecord): Plan {
  const input = checked(createTag, { scope, handle, name });
  return {
    create: async (tx) => (await tags.create(tx, input)).id,
    update: async (tx, id) => void (await tags.update(tx, { id, handle, name: input.name })),
  };
}
