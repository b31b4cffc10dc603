import type { ImportRecord } from "../records.ts";

export type RecordType = ImportRecord["type"];

/** What a record is called within its source. */
export interface Name {
  type: RecordType;
  key: string;
}

export const nameOf = ({ type, key }: Name): string => `${type} ${key}`;

const named = (type: RecordType, ...keys: (string | null)[]): Name[] =>
  keys.filter((key) => key !== null).map((key) => ({ type, key }));

/** The records that this one refers to. */
export function namedBy(record: ImportRecord): Name[] {
  switch (record.type) {
    case "location":
    case "author":
    case "tag":
      return [];
    case "category":
      return named("category", record.parent);
    case "product":
      return [
        ...named("category", ...record.categories),
        ...named("tag", ...record.tags),
        ...named("location", ...locationsOf(record)),
      ];
    case "node":
      return [
        ...named("node", record.parent),
        ...named("author", record.author),
        ...named("category", ...record.categories),
        ...named("tag", ...record.tags),
      ];
  }
}

function locationsOf({ variants }: Extract<ImportRecord, { type: "product" }>): Set<string> {
  return new Set(variants.flatMap(({ inventory }) => inventory.map(({ location }) => location)));
}
