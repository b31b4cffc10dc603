import { z } from "zod";
import { BadUserInput } from "#kernel/errors";

/** Where a hit stands in PostgreSQL's order: its number, then its words, then its id. */
export type Place = [number: number, words: string, id: string];

/** Where a hit stands. Either engine goes on from what the other has answered: one may stand in between two pages. */
export interface Position {
  /** Null from an engine that does not page by key. */
  place: Place | null;
  /** How many hits come before the next, this one included. */
  offset: number;
}

const Cursor = z.tuple([
  z.string(),
  z.tuple([z.number(), z.string().max(1_000), z.guid()]).nullable(),
  z.int().min(1).max(1_000_000_000),
]);

/** Opaque to clients; good for the order it was made in alone. */
export function cursorOf(sort: string, { place, offset }: Position): string {
  return Buffer.from(JSON.stringify([sort, place, offset])).toString("base64url");
}

/** Throws BAD_USER_INPUT for anything but a cursor made in this order. */
export function positionOf(sort: string, cursor: string): Position {
  const { data } = Cursor.safeParse(parsed(cursor));
  if (data?.[0] !== sort) throw BadUserInput.at(["after"], "must be a cursor of this search");
  return { place: data[1], offset: data[2] };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
}
