import type { Settings } from "meilisearch";

/**
 * Those of the wanted settings that a server reports otherwise: what to send it. Null when it has
 * them all, since even settings that change nothing cost a task that others wait for.
 */
export function changedSettings(wanted: Settings, reported: Settings): Settings | null {
  const changed = Object.entries(wanted).filter(
    ([name, value]) => !holds(reported[name as keyof Settings], value, name),
  );
  return changed.length > 0 ? Object.fromEntries(changed) : null;
}

/** What Meilisearch answers in an order of its own. */
const unordered = new Set(["sortableAttributes", "stopWords", "separatorTokens"]);
/** Objects in which an entry more is a difference, not a default. */
const closed = new Set(["synonyms"]);

/** Whether all that is wanted is reported; what is not wanted of an object may be whatever it is. */
function holds(reported: unknown, wanted: unknown, name: string): boolean {
  if (Array.isArray(wanted)) return Array.isArray(reported) && sameList(reported, wanted, name);
  if (wanted === null || typeof wanted !== "object") return reported === wanted;
  if (reported === null || typeof reported !== "object") return false;
  const [own, entries] = [reported as Record<string, unknown>, Object.entries(wanted)];
  return (
    (!closed.has(name) || Object.keys(own).length === entries.length) &&
    entries.every(([key, value]) => holds(own[key], value, key))
  );
}

function sameList(reported: unknown[], wanted: unknown[], name: string): boolean {
  return (
    reported.length === wanted.length &&
    wanted.every((item, i) =>
      unordered.has(name) ? reported.includes(item) : holds(reported[i], item, name),
    )
  );
}
