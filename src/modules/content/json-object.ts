import { z } from "zod";

const maxBytes = 64 * 1024;
const maxDepth = 32;

/** What JSON must escape because it is no text: a NUL, half a surrogate pair. PostgreSQL refuses both. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Any JSON object that PostgreSQL can keep: at most 64 KB, nested at most 32 deep. */
export const JsonObject = z.record(z.string(), z.unknown()).superRefine((object, issue) => {
  const fault = faultOf(object);
  if (fault) issue.addIssue({ code: "custom", message: fault });
});

function faultOf(object: object): string | undefined {
  if (isDeeperThan(maxDepth, object)) return `must not nest deeper than ${maxDepth}`;
  const json = JSON.stringify(object);
  if (Buffer.byteLength(json) > maxBytes) return `must be at most ${maxBytes / 1024} KB of JSON`;
  if (unstorable.test(json)) return "must not contain NUL or half a surrogate pair";
  return undefined;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
