import { isValid, monotonicFactory, ulidToUUID } from "ulid";
import { z } from "zod";

/** Random bytes by the page: asking the system for each of an id's letters costs ten times the rest. */
const random = { bytes: new Uint8Array(4_096), next: 4_096 };

function randomFraction(): number {
  if (random.next === random.bytes.length) {
    crypto.getRandomValues(random.bytes);
    random.next = 0;
  }
  return (random.bytes[random.next++] ?? 0) / 256;
}

const nextUlid = monotonicFactory(randomFraction);

/** A new ULID, spelled as the UUID it is stored as; ids made by one process sort by the time they were made. */
export function newId(): string {
  return ulidToUUID(nextUlid()).toLowerCase();
}

const uuidSpelling = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The one spelling used inside, or undefined when `text` is neither a UUID nor a ULID. */
export function parseId(text: string): string | undefined {
  if (uuidSpelling.test(text)) return text.toLowerCase();
  // Its 26 letters could hold 130 bits; a ULID has 128.
  return isValid(text) && /^[0-7]/.test(text)
    ? ulidToUUID(text.toUpperCase()).toLowerCase()
    : undefined;
}

/** Accepts both spellings, gives the inner one. */
export const Id = z.string().transform((text, issue) => {
  const id = parseId(text);
  if (id) return id;
  issue.addIssue({ code: "custom", message: "must be a UUID or a ULID" });
  return z.NEVER;
});

/** When an id of ours was made, to the millisecond. */
export function timeOf(id: string): Date {
  return new Date(Number.parseInt(id.replace("-", "").slice(0, 12), 16));
}

/** What sorts before every id made at that moment or later. */
export function idsFrom(moment: Date): string {
  const digits = moment.getTime().toString(16).padStart(12, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`;
}
