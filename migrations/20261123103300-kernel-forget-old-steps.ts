import { Migration } from "@mikro-orm/migrations";

/**
 * What happened to events is kept for a week, and events for a month after they were handed over.
 * An event with a job that failed is kept until that was mended. The relay's role forgets, as the
 * one that sees every tenant's events.
 */
export class KernelForgetOldSteps extends Migration {
  override up(): void {
    this.addSql(`
      create policy relay_reads on event_jobs for select to rustok_relay using (true);
      create policy relay_forgets on event_jobs for delete to rustok_relay using (true);
      create policy relay_forgets on sys_events for delete to rustok_relay using (true);
      grant select, delete on event_jobs to rustok_relay;
      grant delete on sys_events to rustok_relay;

      create function oldest_id_since(moment timestamptz) returns uuid
      language sql immutable parallel safe
      return (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
      comment on function oldest_id_since(timestamptz) is
        'Ids begin with the millisecond they were made in: those made before are less than this.';

      create function forget_old_steps(at_most integer)
      returns table (steps bigint, events bigint)
      language sql security definer set search_path = public
      begin atomic
        with old_steps as (
          delete from event_jobs
          where (event_id, job) in (
            select s.event_id, s.job from event_jobs s
            where s.event_id < oldest_id_since(now() - interval '7 days')
              and s.finished_at < now() - interval '7 days' and s.failure is null
            order by s.event_id
            limit at_most)
          returning 1
        ),
        old_events as (
          delete from sys_events
          where id in (
            select e.id from sys_events e
            where e.id < oldest_id_since(now() - interval '30 days')
              and e.dispatched_at < now() - interval '30 days'
              and not exists (select from event_jobs s where s.event_id = e.id and s.failure is not null)
            order by e.id
            limit at_most)
          returning 1
        )
        select (select count(*) from old_steps), (select count(*) from old_events);
      end;
      comment on function forget_old_steps(integer) is
        'Removes up to so many of each and says how many; call it until there are none.';
      alter function forget_old_steps(integer) owner to rustok_relay;
      revoke all on function forget_old_steps(integer) from public;
      grant execute on function forget_old_steps(integer) to rustok_app;`);
  }
}
