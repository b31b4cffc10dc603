import { Migration } from "@mikro-orm/migrations";

/** What an editor puts first or leaves out of the answer to one query, perhaps for a time. */
export class SearchRules extends Migration {
  override up(): void {
    this.addSql(`
      create extension if not exists btree_gist;

      create table search_rules (
        id         uuid primary key,
        tenant_id  uuid not null references tenants on delete cascade,
        kind       text not null check (kind in ('products', 'content')),
        locale     text,
        query      text collate "C" not null,
        pinned     uuid[] not null default '{}',
        hidden     uuid[] not null default '{}',
        starts_at  timestamptz,
        ends_at    timestamptz,
        revision   bigint not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        check (starts_at < ends_at),
        constraint search_rules_period_excl exclude using gist (
          tenant_id with =, kind with =, (coalesce(locale, '')) with =, query with =,
          tstzrange(starts_at, ends_at) with &&)
      );
      comment on table search_rules is
        'Of the rules for one query at one time, the one for the locale goes before the one for all.';
      comment on column search_rules.locale is 'Null for all.';
      comment on column search_rules.query is 'Trimmed, in lower case, with single spaces.';
      comment on column search_rules.pinned is 'Ids of what comes first, in this order. What has been deleted since is passed over.';
      comment on column search_rules.ends_at is 'The first moment at which it does not apply any more.';
      create index search_rules_by_query on search_rules (tenant_id, query, id);
      select protect_tenant_rows('search_rules');
      create policy reader_reads on search_rules for select to rustok_reader using (true);
      grant select on search_rules to rustok_reader;`);

    this.addSql(`
      create function search_tuning(of_tenant uuid, of_kind text, in_locale text)
      returns table (synonyms jsonb, stop_words text[], ranking text[], ruled text[])
      language sql stable security definer set search_path = public, pg_temp
      begin atomic
        select s.synonyms, s.stop_words, s.ranking, r.queries
        from (
          select coalesce(array_agg(distinct query), '{}') as queries from search_rules
          where tenant_id = of_tenant and kind = of_kind and (locale is null or locale = in_locale)
            and tstzrange(starts_at, ends_at) @> now()
        ) r
        left join search_settings s on s.tenant_id = of_tenant and s.kind = of_kind and s.locale = in_locale
        where s.id is not null or r.queries <> '{}';
      end;
      comment on function search_tuning(uuid, text, text) is
        'What is set for searches of the kind in the locale, and the queries that have a rule now; no row where everything is as it was.';

      create function search_rule(of_tenant uuid, of_kind text, in_locale text, of_query text)
      returns table (pinned uuid[], hidden uuid[])
      language sql stable security definer set search_path = public, pg_temp
      begin atomic
        select r.pinned, r.hidden from search_rules r
        where r.tenant_id = of_tenant and r.kind = of_kind and r.query = of_query
          and (r.locale is null or r.locale = in_locale)
          and tstzrange(r.starts_at, r.ends_at) @> now()
        order by r.locale is null
        limit 1;
      end;
      comment on function search_rule(uuid, text, text, text) is 'The rule that applies to the query now.';`);

    for (const reader of [
      "search_tuning(uuid, text, text)",
      "search_rule(uuid, text, text, text)",
    ]) {
      this.addSql(`
        alter function ${reader} owner to rustok_reader;
        revoke all on function ${reader} from public;
        grant execute on function ${reader} to rustok_app;`);
    }
  }
}
