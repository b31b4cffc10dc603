import { Migration } from "@mikro-orm/migrations";

/**
 * The outbox by weeks: what is old goes by dropping a partition, not row by row.
 *
 * An event's id begins with the millisecond it was made in, so ids are what it is parted by: the primary
 * key stays, and whoever asks for an id looks in one partition. The table there was becomes the first
 * partition with all its rows, up to a moment a day ahead at least; nothing is copied. Attaching reads it
 * once while writers wait.
 *
 * Partitions lie in a schema of their own that only the tables' owner may enter: everybody else comes by
 * way of sys_events and its policies. What fits into no week lands in the last partition: a week that
 * nobody made in time must never be why a write fails.
 */
export class KernelOutboxPartitions extends Migration {
  override up(): void {
    this.addSql(`
      set local lock_timeout = '10s';
      create schema outbox;
      revoke all on schema outbox from public;
      lock table sys_events in access exclusive mode;
      revoke all on sys_events from rustok_app, rustok_relay, rustok_watch;
      revoke select (id, tenant_id, occurred_at, dispatched_at), update (dispatched_at)
        on sys_events from rustok_relay, rustok_watch;
      drop policy tenant_rows on sys_events;
      drop policy relay_reads on sys_events;
      drop policy relay_marks on sys_events;
      drop policy relay_forgets on sys_events;
      drop policy watch_reads on sys_events;
      alter table sys_events no force row level security, disable row level security;
      alter table sys_events rename to sys_events_before;
      alter table sys_events_before set schema outbox;`);

    this.addSql(`
      create table sys_events (
        id            uuid primary key,
        tenant_id     uuid not null,
        type          text not null,
        version       integer not null,
        aggregate_id  uuid not null,
        revision      bigint not null,
        payload       jsonb not null,
        actor_id      uuid,
        request_id    text,
        occurred_at   timestamptz not null default now(),
        dispatched_at timestamptz
      ) partition by range (id);
      create index sys_events_by_aggregate on sys_events (tenant_id, aggregate_id);
      create index sys_events_by_request on sys_events (request_id) where request_id is not null;
      create index sys_events_waiting on sys_events (tenant_id, id) where dispatched_at is null;
      select protect_tenant_rows('sys_events');
      revoke update, delete on sys_events from rustok_app;
      create policy relay_reads on sys_events for select to rustok_relay using (true);
      create policy relay_marks on sys_events for update to rustok_relay using (true) with check (true);
      create policy relay_forgets on sys_events for delete to rustok_relay using (true);
      create policy watch_reads on sys_events for select to rustok_watch using (true);
      grant select, delete, update (dispatched_at) on sys_events to rustok_relay;
      grant select (id, tenant_id, occurred_at, dispatched_at) on sys_events to rustok_watch;`);

    this.addSql(`
      do $$
      begin
        execute format(
          'alter table sys_events attach partition outbox.sys_events_before for values from (minvalue) to (%L)',
          oldest_id_since(date_trunc('week', now() + interval '8 days', 'UTC')));
      end $$;
      create table outbox.sys_events_otherwise partition of sys_events default;`);

    this.addSql(`
      create view outbox.partitions with (security_invoker = true) as
      select c.oid::regclass as partition,
        substring(pg_get_expr(c.relpartbound, c.oid) from $$FROM \\('([0-9a-f-]{36})'\\)$$)::uuid as first_id,
        substring(pg_get_expr(c.relpartbound, c.oid) from $$TO \\('([0-9a-f-]{36})'\\)$$)::uuid as until_id
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'sys_events'::regclass;
      comment on view outbox.partitions is
        'Bounds of each; of the first there is no first_id, of the last, for what fits nowhere, neither.';

      create function moment_of_id(id uuid) returns timestamptz
      language sql immutable parallel safe
      return to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0);
      comment on function moment_of_id(uuid) is 'When it was made, to the millisecond.';

      create function make_event_partitions() returns table (made text, moved bigint)
      language plpgsql security definer set search_path = public as $$
      declare
        begins timestamptz;
        ends timestamptz;
      begin
        perform pg_advisory_xact_lock(hashtext('rustok event partitions'));
        perform set_config('lock_timeout', '1s', true);
        select moment_of_id(max(p.until_id::text)::uuid) into begins from outbox.partitions p;
        while begins < now() + interval '4 weeks' loop
          ends := date_trunc('week', begins + interval '1 week', 'UTC');
          made := format('sys_events_from_%s', to_char(begins at time zone 'UTC', 'YYYYMMDD'));
          -- Made apart and attached, it keeps nobody waiting but whoever reads what fits nowhere.
          execute format('create table outbox.%I (like sys_events including all)', made);
          lock table outbox.sys_events_otherwise in access exclusive mode;
          execute format(
            'with misplaced as (
               delete from outbox.sys_events_otherwise where id >= %L and id < %L returning *
             ) insert into outbox.%I select * from misplaced',
            oldest_id_since(begins), oldest_id_since(ends), made);
          get diagnostics moved = row_count;
          execute format(
            'alter table sys_events attach partition outbox.%I for values from (%L) to (%L)',
            made, oldest_id_since(begins), oldest_id_since(ends));
          begins := ends;
          return next;
        end loop;
      end $$;
      comment on function make_event_partitions() is
        'Makes the weeks to come, four of them, and takes in what had to be put elsewhere meanwhile.';

      create function events_are_open(from_id uuid, until_id uuid) returns boolean
      language sql stable security definer set search_path = public
      begin atomic
        select exists (
          select from sys_events e
          where (from_id is null or e.id >= from_id) and e.id < until_id and e.dispatched_at is null)
        or exists (
          select from event_jobs s join sys_events e on e.id = s.event_id
          where (from_id is null or s.event_id >= from_id) and s.event_id < until_id and s.failure is not null);
      end;
      comment on function events_are_open(uuid, uuid) is
        'Whether one of them waits for the relay, or has a job that failed and was not mended. Indexes know.';

      create function events_are_recent(from_id uuid, until_id uuid) returns boolean
      language sql stable security definer set search_path = public
      begin atomic
        select exists (
          select from sys_events e
          where (from_id is null or e.id >= from_id) and e.id < until_id
            and e.dispatched_at >= now() - interval '30 days');
      end;
      comment on function events_are_recent(uuid, uuid) is
        'Whether one of them was handed over in the last 30 days. It may read them all.';
      alter function events_are_open(uuid, uuid) owner to rustok_relay;
      alter function events_are_recent(uuid, uuid) owner to rustok_relay;
      revoke all on function events_are_open(uuid, uuid), events_are_recent(uuid, uuid) from public;
      grant execute on function events_are_open(uuid, uuid), events_are_recent(uuid, uuid) to current_user;

      create function drop_event_partition() returns text
      language plpgsql security definer set search_path = public as $$
      declare
        old record;
      begin
        perform pg_advisory_xact_lock(hashtext('rustok event partitions'));
        perform set_config('lock_timeout', '1s', true);
        for old in
          select * from outbox.partitions p
          where p.until_id <= oldest_id_since(now() - interval '30 days') order by p.until_id
        loop
          continue when events_are_open(old.first_id, old.until_id)
                     or events_are_recent(old.first_id, old.until_id);
          -- From here on nobody writes, so what is seen to be over is. It is for a moment.
          lock table only sys_events in access exclusive mode;
          continue when events_are_open(old.first_id, old.until_id);
          execute format('alter table sys_events detach partition %s', old.partition);
          execute format('drop table %s', old.partition);
          return old.partition::text;
        end loop;
        return null;
      end $$;
      comment on function drop_event_partition() is
        'Drops the oldest week in which nothing is needed any more and says which; null when there is none. Call it until then.';
      revoke all on function make_event_partitions(), drop_event_partition() from public;
      grant execute on function make_event_partitions(), drop_event_partition() to rustok_app;`);

    // Functions hold on to the table they were made for, and so to the first partition.
    this.addSql(forgetOldSteps);
    this.addSql(removeEventsOfTenant);
    this.addSql(lagByTenant);
    this.addSql(`
      select make_event_partitions();
      set local lock_timeout to default;`);
  }
}

/** Events go one by one only where something else keeps their week: a job that failed, or a suspended tenant. */
const forgetOldSteps = `
  create or replace function forget_old_steps(at_most integer)
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
        where e.id < oldest_id_since(date_trunc('week', now() - interval '30 days', 'UTC'))
          and e.dispatched_at < now() - interval '30 days'
          and not exists (select from event_jobs s where s.event_id = e.id and s.failure is not null)
        order by e.id
        limit at_most)
      returning 1
    )
    select (select count(*) from old_steps), (select count(*) from old_events);
  end;`;

/** A row's place is its own in one partition only, so it goes by its id. */
const removeEventsOfTenant = `
  create or replace function remove_events_of_tenant(of_tenant uuid, at_most integer) returns bigint
  language sql security invoker set search_path = public
  begin atomic
    with steps as (
      delete from event_jobs
      where ctid = any (array(
        select ctid from event_jobs where tenant_id = of_tenant limit at_most))
      returning 1
    ),
    events as (
      delete from sys_events
      where tenant_id = of_tenant and id = any (array(
        select id from sys_events where tenant_id = of_tenant limit at_most))
      returning 1
    )
    select (select count(*) from steps) + (select count(*) from events);
  end;`;

/** As it was. */
const lagByTenant = `
  create or replace function lag_by_tenant(projections text[], recent_from timestamptz, at_most integer)
  returns table (
    tenant_id uuid, slug text,
    projected_p50 float8, projected_p99 float8, searchable_p50 float8, searchable_p99 float8,
    events_waiting integer, oldest_event timestamptz,
    documents_waiting integer, oldest_document timestamptz)
  language sql stable security definer set search_path = public
  set enable_seqscan = off set enable_bitmapscan = off set max_parallel_workers_per_gather = 0 set jit = off
  begin atomic
    with events as (
      select e.tenant_id, count(*)::integer as waiting, min(e.occurred_at) as oldest
      from sys_events e
      where e.dispatched_at is null
      group by e.tenant_id
    ),
    documents as (
      select d.tenant_id, count(*)::integer as waiting, min(d.since) as oldest
      from (
        select w.tenant_id, w.kind, w.generation, w.since from search_documents w
        where w.sent_task is null and w.done_version is distinct from w.version
        union all
        select u.tenant_id, u.kind, u.generation, u.since from search_documents u
        where u.sent_task is not null
      ) d
      join index_generations g using (tenant_id, kind, generation)
      where g.state = 'live'
      group by d.tenant_id
    )
    select t.id, t.slug, projected.ms[1], projected.ms[2], searchable.ms[1], searchable.ms[2],
      coalesce(events.waiting, 0), events.oldest,
      coalesce(documents.waiting, 0), documents.oldest
    from tenants t
    left join events on events.tenant_id = t.id
    left join documents on documents.tenant_id = t.id
    cross join lateral (
      select percentile_cont(array[0.5, 0.99]) within group (
        order by extract(epoch from latest.finished_at - latest.occurred_at) * 1000) as ms
      from (
        select s.finished_at, e.occurred_at
        from event_jobs s join sys_events e on e.id = s.event_id
        where s.tenant_id = t.id and s.finished_at >= recent_from
          and s.job = any (projections) and s.failure is null
        order by s.finished_at desc
        limit at_most
      ) latest
    ) projected
    cross join lateral (
      select percentile_cont(array[0.5, 0.99]) within group (
        order by extract(epoch from latest.done_at - latest.since) * 1000) as ms
      from index_generations g
      cross join lateral (
        select d.done_at, d.since
        from search_documents d
        where d.tenant_id = g.tenant_id and d.kind = g.kind and d.generation = g.generation
          and d.done_at >= greatest(recent_from, g.live_at) and d.done_version = d.version
        order by d.done_at desc
        limit at_most
      ) latest
      where g.tenant_id = t.id and g.state = 'live'
    ) searchable
    where num_nonnulls(projected.ms, searchable.ms, events.waiting, documents.waiting) > 0
    order by t.slug;
  end;`;
