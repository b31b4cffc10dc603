import { z } from "zod";
import { BadUserInput } from "#kernel/errors";

/** Where a hit stands in an order: its number, then its words, then its id. */
export type Place = [number: number, words: string, id: string];

const Cursor = z.tuple([z.string(), z.number(), z.string().max(1_000), z.guid()]);

/** Opaque to clients; good for the order it was made in alone. */
export function cursorOf(sort: string, place: Place): string {
  return Buffer.from(JSON.stringify([sort, ...place])).toString("base64url");
}

/** Throws BAD_USER_INPUT for anything but a cursor made in this order. */
export function placeOf(sort: string, cursor: string): Place {
  const { data } = Cursor.safeParse(parsed(cursor));
  if (data?.[0] !== sort) throw BadUserInput.at(["after"], "must be a cursor of this search");
  return [data[1], data[2], data[3]];
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
}
