import type { Transaction } from "#kernel/database/transaction";
import type { ImportRecord } from "../records.ts";

/** What the shop had before: a category, tag, author or location with the handle of the record, which then stands for it. */
export async function findOwn(tx: Transaction, record: ImportRecord): Promise<string | undefined> {
  switch (record.type) {
    case "location":
      return idOf(tx, "select id from stock_locations where handle = $1", [record.handle]);
    case "author":
      return idOf(tx, "select id from authors where handle = $1", [record.handle]);
    case "category":
      return idOf(tx, "select id from categories where scope = $1 and handle = $2", [
        record.scope,
        record.handle,
      ]);
    case "tag":
      return idOf(tx, "select id from tags where scope = $1 and handle = $2", [
        record.scope,
        record.handle,
      ]);
    case "product":
    case "node":
      return undefined;
  }
}

async function idOf(tx: Transaction, query: string, values: string[]): Promise<string | undefined> {
  const [row] = await tx.sql<{ id: string }>(query, values);
  return row?.id;
}
