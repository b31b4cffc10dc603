import { Migration } from "@mikro-orm/migrations";

/** What a tenant has set for its searches of one kind in one locale; without a row it is the default. */
export class SearchSettings extends Migration {
  override up(): void {
    this.addSql(`
      create table search_settings (
        id         uuid primary key,
        tenant_id  uuid not null references tenants on delete cascade,
        kind       text not null check (kind in ('products', 'content')),
        locale     text not null,
        synonyms   jsonb not null default '[]',
        stop_words text[] not null default '{}',
        ranking    text[] not null,
        revision   bigint not null default 1,
        updated_by uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint search_settings_locale_key unique (tenant_id, kind, locale)
      );
      comment on column search_settings.synonyms is 'Lists of words that find each other: [["sofa", "couch"]].';
      comment on column search_settings.ranking is 'What orders hits that match equally well, most important first.';
      select protect_tenant_rows('search_settings');
      create policy reader_reads on search_settings for select to rustok_reader using (true);
      grant select on search_settings to rustok_reader;`);
  }
}
