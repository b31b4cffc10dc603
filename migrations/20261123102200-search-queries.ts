import { Migration } from "@mikro-orm/migrations";

/** What visitors search for, counted by day; nothing of who searched. */
export class SearchQueries extends Migration {
  override up(): void {
    this.addSql(`
      create table search_queries (
        tenant_id       uuid not null references tenants on delete cascade,
        day             date not null,
        locale          text not null,
        kind            text not null check (kind in ('products', 'content', 'all')),
        query           text collate "C" not null check (length(query) between 1 and 200),
        searches        bigint not null,
        without_results bigint not null,
        primary key (tenant_id, locale, query, day, kind)
      ) with (fillfactor = 80);
      comment on column search_queries.day is 'In UTC.';
      comment on column search_queries.query is 'Trimmed, in lower case, with single spaces.';
      create index search_queries_by_day on search_queries (tenant_id, day);
      select protect_tenant_rows('search_queries');

      create table search_popular (
        tenant_id uuid not null references tenants on delete cascade,
        locale    text not null,
        query     text collate "C" not null,
        score     double precision not null,
        last_day  date not null,
        primary key (tenant_id, locale, query)
      ) with (fillfactor = 70);
      comment on table search_popular is
        'What search_queries comes down to for suggestions: one row for a query that has found something lately.';
      comment on column search_popular.score is
        'Each search counts twice as much as one a week before, so that scores of any day compare as they are.';
      select protect_tenant_rows('search_popular');
      create policy reader_reads on search_popular for select to rustok_reader using (true);
      grant select on search_popular to rustok_reader;`);

    // It works as the tenant it counts for, so that row-level security binds it. What it locks, it locks
    // in one order, and it gives up soon: whoever flushes tries again.
    this.addSql(`
      create function count_searches(of_tenant uuid, counts jsonb) returns void
      language plpgsql set lock_timeout = '2s'
      as $$
      begin
        perform set_config('rustok.tenant', of_tenant::text, true);
        if not exists (select from tenants where id = of_tenant) then
          return;
        end if;
        insert into search_queries as known (tenant_id, day, locale, kind, query, searches, without_results)
        select of_tenant, day, locale, kind, query, searches, "withoutResults"
        from jsonb_to_recordset(counts)
          as given (day date, locale text, kind text, query text, searches bigint, "withoutResults" bigint)
        order by locale, query collate "C", day, kind
        on conflict (tenant_id, locale, query, day, kind) do update
        set searches = known.searches + excluded.searches,
            without_results = known.without_results + excluded.without_results;

        insert into search_popular as known (tenant_id, locale, query, score, last_day)
        select of_tenant, locale, query,
          sum((searches - "withoutResults") * power(2::float8, (day - date '2026-01-01') / 7::float8)), max(day)
        from jsonb_to_recordset(counts)
          as given (day date, locale text, query text, searches bigint, "withoutResults" bigint)
        where searches > "withoutResults"
        group by locale, query
        order by locale, query collate "C"
        on conflict (tenant_id, locale, query) do update
        set score = known.score + excluded.score, last_day = greatest(known.last_day, excluded.last_day);
      end $$;
      comment on function count_searches(uuid, jsonb) is
        'Adds to the counts of a tenant, if it is still there. Call it for several tenants in the order of their ids.';
      revoke all on function count_searches(uuid, jsonb) from public;
      grant execute on function count_searches(uuid, jsonb) to rustok_app;`);
  }
}
