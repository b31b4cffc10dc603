import { createHash } from "node:crypto";
import type { Transaction } from "#kernel/database/transaction";
import { nameOf, type Name } from "./names.ts";

/** The entity that stands for a record, and the checksum of the record as it was last written. */
export interface Reference extends Name {
  id: string;
  checksum: string;
}

/** Same text, same record: the parsers and generators build their records in one order of fields. */
export function checksumOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/**
 * Two imports of one source take turns, batch by batch: the later one finds what the earlier one wrote,
 * where they would else collide, do every record again by itself, or wait for each other for good.
 */
export async function takeTurn(tx: Transaction, source: string): Promise<void> {
  await tx.sql("select pg_advisory_xact_lock(hashtextextended('import ' || $1 || $2, 0))", [
    tx.tenant.id,
    source,
  ]);
}

/** Those of the names that have been imported. What an editor has deleted since counts as never imported. */
export async function findReferences(
  tx: Transaction,
  source: string,
  names: Name[],
): Promise<Map<string, Reference>> {
  const wanted = new Map(names.map((name) => [nameOf(name), name]));
  const rows = await tx.sql<Reference>(
    `select r.kind as type, r.external_key as key, r.entity_id as id, r.checksum
     from import_references r
     join jsonb_to_recordset($2::jsonb) as wanted (type text, key text)
       on r.kind = wanted.type and r.external_key = wanted.key
     where r.source = $1
       and not exists (select from tombstones t where t.tenant_id = r.tenant_id and t.aggregate_id = r.entity_id)`,
    [source, JSON.stringify([...wanted.values()])],
  );
  return new Map(rows.map((row) => [nameOf(row), row]));
}

export async function saveReferences(
  tx: Transaction,
  source: string,
  references: Reference[],
): Promise<void> {
  if (references.length === 0) return;
  await tx.sql(
    `insert into import_references (tenant_id, source, kind, external_key, entity_id, checksum, imported_at)
     select $1, $2, type, key, id, checksum, $3
     from jsonb_to_recordset($4::jsonb) as written (type text, key text, id uuid, checksum text)
     on conflict (tenant_id, source, kind, external_key) do update
     set entity_id = excluded.entity_id, checksum = excluded.checksum, imported_at = excluded.imported_at`,
    [tx.tenant.id, source, tx.now, JSON.stringify(references)],
  );
}
