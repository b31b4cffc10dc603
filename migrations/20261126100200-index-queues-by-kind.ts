import { Migration } from "@mikro-orm/migrations";

/**
 * Products and content are numbered each for itself: what waits for the search engine is kept apart by
 * kind, so that neither has to wait for the other. An index remembers when it was made: it is ready when
 * it has what was to be in it then, whatever has come since.
 */
export class IndexQueuesByKind extends Migration {
  override up(): void {
    this.addSql(`
      drop index search_documents_waiting;
      create index search_documents_waiting on search_documents (tenant_id, kind, generation, since)
        where sent_task is null and done_version is distinct from version;
      alter table search_indexes add made_at timestamptz not null default now();`);
  }
}
