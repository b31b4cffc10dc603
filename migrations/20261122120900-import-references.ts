import { Migration } from "@mikro-orm/migrations";

/** Which of our entities stands for which thing of a source, so that a second import finds it again. */
export class ImportReferences extends Migration {
  override up(): void {
    this.addSql(`
      create table import_references (
        tenant_id    uuid not null references tenants on delete cascade,
        source       text not null,
        kind         text not null
          check (kind in ('location', 'author', 'category', 'tag', 'product', 'node')),
        external_key text not null,
        entity_id    uuid not null,
        checksum     text not null,
        imported_at  timestamptz not null default now(),
        primary key (tenant_id, source, kind, external_key)
      );
      comment on table import_references is
        'Written in the transaction that writes the entity: an import that is cut off goes on where it stood.';
      comment on column import_references.entity_id is
        'Of the table its kind names; an editor may have deleted it since.';
      comment on column import_references.checksum is
        'Of the record as it was last imported: an unchanged one is not written again.';
      select protect_tenant_rows('import_references');`);
  }
}
