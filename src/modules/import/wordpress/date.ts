const stamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** ISO 8601 of a time that WordPress keeps in UTC, or null: a draft has "0000-00-00 00:00:00". */
export function utcTime(text: string): string | null {
  return stamp.test(text) ? isoTime(`${text.replace(" ", "T")}Z`) : null;
}

/** ISO 8601 of a time in any of the forms that JavaScript reads, or null. */
export function isoTime(text: string): string | null {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1 ? null : time.toISOString();
}
