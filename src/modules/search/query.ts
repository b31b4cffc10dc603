/** The longest query that rules are made for and that is counted; what is longer was pasted by accident. */
export const longestQuery = 200;

/** A query as rules and counts have it: trimmed, in lower case, with single spaces. */
export function normalised(query: string): string {
  return query.toWellFormed().normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}
