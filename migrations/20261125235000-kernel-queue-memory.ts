import { Migration } from "@mikro-orm/migrations";

/**
 * What was last left with the Redis that keeps the queues: from it the relays tell that it has come back
 * with less than it had, and since when. To hand over again what it lost, they look for events by when they
 * were handed over, and for jobs that have failed.
 */
export class KernelQueueMemory extends Migration {
  override up(): void {
    this.addSql(`
      create table queue_memory (
        only_one boolean primary key default true check (only_one),
        server   text not null default '',
        beat     bigint not null default 0
      );
      comment on table queue_memory is
        'Which Redis process answered last, and the moment that was left with it then, in milliseconds since 1970.';
      insert into queue_memory default values;
      grant select, update on queue_memory to rustok_relay;`);
    // Events are handed over about as they come: a few ranges of the table hold what is of one time.
    this.addSql(`
      create index sys_events_by_dispatch on sys_events using brin (dispatched_at);
      create index event_jobs_failed on event_jobs (event_id) where failure is not null;`);
  }
}
