import { Migration } from "@mikro-orm/migrations";

/**
 * What a traced transaction leaves for later says which trace it belongs to: the setting
 * `rustok.traceparent` is the transaction's own, and empty where nobody traces. A server that does not
 * know the column writes rows as before. Neither table is rewritten: what was there has no trace.
 */
export class KernelTraces extends Migration {
  override up(): void {
    for (const table of ["sys_events", "search_documents"]) {
      this.addSql(`
        alter table ${table} add column traceparent text
          default nullif(current_setting('rustok.traceparent', true), '');
        comment on column ${table}.traceparent is
          'W3C Trace Context of the transaction that wrote it; null where it was not traced.';`);
    }
    // A server that may not migrate looks whether everything is there.
    this.addSql("grant select on migrations to rustok_app");
  }
}
