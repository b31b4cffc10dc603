import type { RowChange } from "#entities/kernel/audit-entry";
import type { RequestContext } from "#kernel/context";
import type { RowChangeOf } from "#kernel/database/row-changes";
import type { RecordedEvent } from "#kernel/events/outbox";
import { newId } from "#kernel/ids";

/** Something done that no event tells of. */
export interface AuditNote {
  /** In the past tense, as events have it: `stock-location.created`. */
  action: string;
  subjectId: string;
  /** What became of something that is no row. */
  change?: RowChange;
}

/** What an open transaction offers to the audit log. */
interface OpenTransaction extends RequestContext {
  now: Date;
  recorded: RecordedEvent[];
  noted: AuditNote[];
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** Has the audit log say so, if and only if the transaction commits: for changes that no event is recorded of. */
export function note(
  tx: { noted: AuditNote[] },
  action: string,
  subjectId: string,
  change?: RowChange,
): void {
  tx.noted.push({ action, subjectId, ...(change && { change }) });
}

/**
 * Writes who did what the transaction's events and notes tell, in one statement. What the system does by
 * itself is left out: an import writes millions of rows, and nobody stands behind a job.
 */
export async function writeAudit(tx: OpenTransaction, changes: RowChangeOf[]): Promise<void> {
  if (tx.actor.kind === "system") return;
  const entries = entriesOf(tx, changes);
  if (entries.length === 0) return;
  // Whoever does not sign in has not been told that their address would be kept so long.
  const origin = tx.actor.kind === "anonymous" ? undefined : tx.origin;
  const { kind, userId, keyId, sessionId } = tx.actor as Partial<Record<string, string>>;
  await tx.sql(
    `insert into audit_log
       (id, tenant_id, occurred_at, action, subject_id, actor_kind, actor_id, session_id, request_id, address, user_agent, changes)
     select id, $1, $2, action, subject_id, $3, $4, $5, $6, $7, $8, changes
     from jsonb_to_recordset($9::jsonb) as entry (id uuid, action text, subject_id uuid, changes jsonb)`,
    [
      tx.tenant.id,
      tx.now,
      kind,
      userId ?? keyId ?? null,
      sessionId ?? null,
      tx.requestId,
      origin?.address ?? null,
      origin?.userAgent?.slice(0, 500) ?? null,
      JSON.stringify(entries),
    ],
  );
}

/** An entry for each event and note; a changed row is told of where it belongs, else with the first. */
function entriesOf({ recorded, noted }: OpenTransaction, changes: RowChangeOf[]) {
  const entries = [
    ...recorded.map(({ type, aggregateId, payload }) => ({
      action: type,
      subject_id: aggregateId,
      about: JSON.stringify([aggregateId, payload]),
      changes: [] as RowChange[],
    })),
    ...noted.map(({ action, subjectId, change }) => ({
      action,
      subject_id: subjectId,
      about: subjectId,
      changes: change ? [change] : [],
    })),
  ].map((entry) => ({ ...entry, id: newId() }));
  for (const { ids, change } of changes) {
    const known = entries.filter(({ about }) => ids.some((id) => about.includes(id)));
    const namesake = known.find(({ action }) => isAbout(change.entity, action));
    (namesake ?? known[0] ?? entries[0])?.changes.push(change);
  }
  return entries.map(({ about: _about, ...entry }) => entry);
}

/** `price.updated` is about Price, where `variant.updated` has the same ids. */
const isAbout = (entity: string, action: string) =>
  entity.toLowerCase().includes(action.slice(0, action.indexOf(".")));
