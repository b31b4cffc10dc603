import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

/** What became of one row, by field; secrets and personal data are left out. */
export interface RowChange {
  entity: string;
  /** The row's key; of several columns with commas between. */
  id: string;
  kind: "created" | "updated" | "deleted";
  fields: { name: string; before: unknown; after: unknown }[];
}

const AuditEntrySchema = defineEntity({
  name: "AuditEntry",
  tableName: "audit_log",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    occurredAt: p.datetime(),
    action: p.string(),
    subjectId: p.uuid(),
    actorKind: p.string(),
    actorId: p.uuid().nullable(),
    sessionId: p.uuid().nullable(),
    requestId: p.string(),
    address: p.string().nullable(),
    userAgent: p.string().nullable(),
    changes: p.json<RowChange[]>(),
  },
});

/** One change, who made it and from where. Written by the kernel, never changed. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
