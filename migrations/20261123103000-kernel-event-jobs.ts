import { Migration } from "@mikro-orm/migrations";

/**
 * What became of each event: which jobs have done their part for it, and when.
 * It has no reference to sys_events: a job's end is on record in one statement that locks nothing.
 */
export class KernelEventJobs extends Migration {
  override up(): void {
    this.addSql(`
      create table event_jobs (
        event_id    uuid not null,
        tenant_id   uuid not null,
        job         text not null,
        started_at  timestamptz not null,
        finished_at timestamptz not null,
        attempts    integer not null,
        failure     text,
        primary key (event_id, job)
      );
      comment on table event_jobs is
        'When a job has done its part for an event. Doing it again changes nothing here: a change is there from the first time on.';
      comment on column event_jobs.started_at is 'Of the latest attempt.';
      comment on column event_jobs.failure is 'Why the latest attempt failed; null once one has succeeded.';
      create index event_jobs_by_finish on event_jobs (tenant_id, finished_at);
      select protect_tenant_rows('event_jobs');
      revoke delete on event_jobs from rustok_app;`);

    // One request's events are what a consistency token stands for.
    this.addSql(
      "create index sys_events_by_request on sys_events (request_id) where request_id is not null;",
    );
  }
}
