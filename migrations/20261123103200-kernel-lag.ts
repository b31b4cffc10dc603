import { Migration } from "@mikro-orm/migrations";

/**
 * How far behind the changes of each tenant are, for an operator. `rustok_watch` sees of all tenants
 * when things happened, and not what they were.
 *
 * All it asks for is little and lately, and has its index; the planner takes what waits for the engine
 * to be nearly everything, and would read it all.
 */
export class KernelLag extends Migration {
  override up(): void {
    this.addSql(`
      do $$
      begin
        if not exists (select from pg_roles where rolname = 'rustok_watch') then
          create role rustok_watch nologin;
        end if;
        if not pg_has_role(current_user, 'rustok_watch', 'member') then
          grant rustok_watch to current_user;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $$;
      grant usage on schema public to rustok_watch;
      grant select (id, slug) on tenants to rustok_watch;
      grant select (id, tenant_id, occurred_at, dispatched_at) on sys_events to rustok_watch;
      grant select (event_id, tenant_id, job, finished_at, failure) on event_jobs to rustok_watch;
      grant select (tenant_id, kind, generation, state, live_at) on index_generations to rustok_watch;
      grant select (tenant_id, kind, generation, version, since, sent_task, done_version, done_at)
        on search_documents to rustok_watch;`);
    for (const table of [
      "tenants",
      "sys_events",
      "event_jobs",
      "index_generations",
      "search_documents",
    ]) {
      this.addSql(`create policy watch_reads on ${table} for select to rustok_watch using (true);`);
    }

    this.addSql(`
      drop index search_documents_by_done;
      create index search_documents_by_done on search_documents (tenant_id, kind, generation, done_at);

      create function lag_by_tenant(projections text[], recent_from timestamptz, at_most integer)
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
      end;
      comment on function lag_by_tenant(text[], timestamptz, integer) is
        'In milliseconds: how long the latest changes since then, so many of each tenant at most, took to be in the read model, and from there in the search engine. Then what waits: events for the relay, documents for the engine. A tenant of whom there is nothing to say is left out.';
      alter function lag_by_tenant(text[], timestamptz, integer) owner to rustok_watch;
      revoke all on function lag_by_tenant(text[], timestamptz, integer) from public;
      grant execute on function lag_by_tenant(text[], timestamptz, integer) to rustok_app;`);
  }
}
