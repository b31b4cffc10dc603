import {
  type AnyEntity,
  type ChangeSet,
  ChangeSetType,
  type EntityMetadata,
  type EntityManager,
  type EventSubscriber,
  type FlushEventArgs,
  Utils,
} from "@mikro-orm/postgresql";
import type { RowChange } from "#entities/kernel/audit-entry";

/** A change with the ids it can be known by: of the row, and of what the row is a part of. */
export interface RowChangeOf {
  ids: string[];
  change: RowChange;
}

const seen = new WeakMap<object, RowChangeOf[]>();

/** What the ORM has written through an entity manager; rows written by SQL of our own are not among them. */
export const rowChangesOf = (em: EntityManager): RowChangeOf[] => seen.get(em) ?? [];

/** Takes note of what the ORM is about to write, with what was there before. */
export const rowChanges: EventSubscriber = {
  onFlush({ em, uow }: FlushEventArgs) {
    const known = seen.get(em) ?? [];
    seen.set(em, known);
    for (const changeSet of uow.getChangeSets()) {
      const change = changeOfRow(changeSet);
      if (change) known.push(change);
    }
  },
};

const kinds: Partial<Record<ChangeSetType, RowChange["kind"]>> = {
  [ChangeSetType.CREATE]: "created",
  [ChangeSetType.UPDATE]: "updated",
  [ChangeSetType.UPDATE_EARLY]: "updated",
  [ChangeSetType.DELETE]: "deleted",
  [ChangeSetType.DELETE_EARLY]: "deleted",
};

/** Kept up by the program itself: that they change is no news. */
const technical = new Set(["id", "tenantId", "revision", "createdAt", "updatedAt"]);

/** Secrets, people's data, and what only few may know: that it changed is told, not from what to what. */
const confidential =
  /password|secret|token|hash|seal|cipher|recovery|totp|otp|e-?mail|phone|address|costAmount|costCurrency/i;
const people = /^(User|Customer|Author|Comment)/;

/** What an ORM's change set says, or nothing where only technical columns change. Of an update it tells each field. */
function changeOfRow(changeSet: ChangeSet<AnyEntity>): RowChangeOf | undefined {
  const { meta, type, payload, originalEntity, entity } = changeSet;
  const kind = kinds[type];
  if (!kind) return undefined;
  const key = meta.getPrimaryProps().map(({ name }) => idOf(entity[name as never]));
  const owners = meta.relations
    .filter(({ kind: relation }) => relation === "m:1")
    .map(({ name }) => idOf(entity[name as never]));
  const fields = kind === "updated" ? fieldsOf(meta, payload, originalEntity ?? {}) : [];
  if (kind === "updated" && fields.length === 0) return undefined;
  return {
    ids: [...key, ...owners].filter((id) => /^[0-9a-f-]{36}$/.test(id)),
    change: { entity: meta.className, id: key.join(","), kind, fields },
  };
}

function fieldsOf(
  { className, properties }: EntityMetadata,
  payload: Record<string, unknown>,
  before: Record<string, unknown>,
): RowChange["fields"] {
  return Object.entries(payload)
    .filter(([name, after]) => !technical.has(name) && !Utils.equals(before[name], after))
    .map(([name, after]) => {
      if (confidential.test(name) || (people.test(className) && name === "name")) {
        return { name, before: redacted, after: redacted };
      }
      // The driver's bigints are text.
      const isNumber = properties[name]?.runtimeType === "number";
      const shown = (value: unknown) =>
        isNumber && typeof value === "string" ? Number(value) : shortened(value);
      return { name, before: shown(before[name]), after: shown(after) };
    });
}

const redacted = "[redacted]";
const longest = 200;

/** A value as JSON has it; of long text and of large objects only the beginning. */
function shortened(value: unknown): unknown {
  if (value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : value;
}

function idOf(value: unknown): string {
  if (typeof value === "object" && value !== null && "id" in value) return String(value.id);
  return String(value);
}
