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
      create policy reader_reads on search_queries for select to rustok_reader using (true);
      grant select on search_queries to rustok_reader;`);

    // It works as the tenant it counts for, so that row-level security binds it. What it locks, it locks
    // in one order, and it gives up soon: whoever flushes tries again.
    this.addSql(`
      create function count_searches(of_tenant uuid, counts jsonb) returns void
      language plpgsql set lock_timeout = '2s'
      as $$
      begin
        perform set_config('rustok.tenant', of_tenant::text, true);
        insert into search_queries as known (tenant_id, day, locale, kind, query, searches, without_results)
        select of_tenant, day, locale, kind, query, searches, "withoutResults"
        from jsonb_to_recordset(counts)
          as given (day date, locale text, kind text, query text, searches bigint, "withoutResults" bigint)
        where exists (select from tenants where id = of_tenant)
        order by locale, query collate "C", day, kind
        on conflict (tenant_id, locale, query, day, kind) do update
        set searches = known.searches + excluded.searches,
            without_results = known.without_results + excluded.without_results;
      end $$;
      comment on function count_searches(uuid, jsonb) is
        'Adds to the counts of a tenant, if it is still there. Call it for several tenants in the order of their ids.';
      revoke all on function count_searches(uuid, jsonb) from public;
      grant execute on function count_searches(uuid, jsonb) to rustok_app;`);
  }
}
