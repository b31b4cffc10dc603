import { Migration } from "@mikro-orm/migrations";

/** Where pages are: a path for each locale, made of the slugs from the root of the tree down. */
export class PagesPaths extends Migration {
  override up(): void {
    this.addSql(`
      create table page_paths (
        tenant_id  uuid not null references tenants on delete cascade,
        page_id    uuid not null,
        locale     text not null,
        path       text not null,
        title      text not null,
        at_home    boolean not null,
        parent_id  uuid,
        position   integer not null,
        breadcrumb jsonb not null,
        primary key (tenant_id, page_id, locale)
      );
      comment on table page_paths is
        'The pages that everybody sees: published, like all above them. Read model, written by projections alone.';
      comment on column page_paths.at_home is
        'Whether the page is translated to the locale. Of two at one path, the one at home there goes first.';
      create index page_paths_by_path on page_paths (tenant_id, locale, path);
      select protect_tenant_rows('page_paths');

      create table page_redirects (
        id         uuid primary key default gen_random_uuid(),
        tenant_id  uuid not null,
        locale     text not null,
        path       text not null,
        page_id    uuid not null,
        created_at timestamptz not null default now(),
        constraint page_redirects_path_key unique (tenant_id, locale, path),
        constraint page_redirects_page_id_fkey foreign key (tenant_id, page_id)
          references nodes (tenant_id, id) on delete cascade
      );
      comment on table page_redirects is
        'Where a page was before; it leads to wherever the page is now. A page that is there goes first.';
      create index page_redirects_by_page on page_redirects (tenant_id, page_id);
      select protect_tenant_rows('page_redirects');`);

    this.addSql(`
      create function project_pages(page_ids uuid[])
      returns table (
        tenant_id uuid, page_id uuid, locale text, path text, title text, at_home boolean,
        parent_id uuid, "position" integer, breadcrumb jsonb)
      language sql stable
      begin atomic
        with recursive climb as (
          select n.tenant_id, n.id as page, n.id, n.parent_id, 0 as height
          from nodes n
          where n.id = any (page_ids) and n.kind = 'page' and n.status = 'published'
          union all
          select climb.tenant_id, climb.page, above.id, above.parent_id, climb.height + 1
          from climb
          join nodes above on above.id = climb.parent_id
          where above.kind = 'page' and above.status = 'published'
        ),
        -- Below a page that nobody sees, nobody sees one.
        hidden as (
          select climb.page
          from climb
          join nodes above on above.id = climb.parent_id
          where above.kind = 'page' and above.status <> 'published'
        ),
        step as (
          select climb.tenant_id, climb.page, climb.height, wanted.locale, texts.title,
            texts.locale = wanted.locale as at_home,
            '/' || string_agg(texts.slug, '/') over (
              partition by climb.page, wanted.locale order by climb.height desc) as path
          from climb
          join tenants tenant on tenant.id = climb.tenant_id
          cross join unnest(tenant.locales) as wanted (locale)
          cross join lateral (
            select t.locale, t.slug, t.title
            from node_translations t
            where t.node_id = climb.id
            order by locale_rank(t.locale, wanted.locale, tenant.default_locale), t.locale
            limit 1
          ) texts
          where climb.page not in (select hidden.page from hidden)
        ),
        trail as (
          select step.page, step.locale,
            jsonb_agg(jsonb_build_object('path', step.path, 'title', step.title) order by step.height desc) as breadcrumb
          from step
          group by step.page, step.locale
        )
        select own.tenant_id, own.page, own.locale, own.path, own.title, own.at_home,
          above.id, n.position, trail.breadcrumb
        from step own
        join trail on trail.page = own.page and trail.locale = own.locale
        join nodes n on n.id = own.page
        left join nodes above on above.id = n.parent_id and above.kind = 'page'
        where own.height = 0;
      end;
      comment on function project_pages(uuid[]) is
        'The rows page_paths should hold for these pages, none for what is not to be seen.';

      create policy reader_reads on page_paths for select to rustok_reader using (true);
      create policy reader_reads on page_redirects for select to rustok_reader using (true);
      grant select on page_paths, page_redirects to rustok_reader;

      create function storefront_page(tenant uuid, in_locale text, at_path text)
      returns table (doc text, indexed_at timestamptz, path text, breadcrumb text, moved boolean)
      language sql stable security definer set search_path = public
      begin atomic
        with target as (
          select p.page_id, p.path, p.breadcrumb, p.at_home, false as moved
          from page_paths p
          where p.tenant_id = tenant and p.locale = in_locale and p.path = at_path
          union all
          select p.page_id, p.path, p.breadcrumb, p.at_home, true
          from page_redirects r
          join page_paths p on p.page_id = r.page_id and p.locale = r.locale
          where r.tenant_id = tenant and r.locale = in_locale and r.path = at_path
            and p.tenant_id = tenant
        )
        select n.doc::text, n.indexed_at, target.path, target.breadcrumb::text, target.moved
        from target
        join index_content n on n.node_id = target.page_id
        where n.tenant_id = tenant and n.locale = in_locale and n.visible
          and n.generation = (select live_generation(tenant, 'node'))
        order by target.moved, target.at_home desc, target.page_id
        limit 1;
      end;
      comment on function storefront_page(uuid, text, text) is
        'The page at a path, or the one that was there before and has moved.';
      alter function storefront_page(uuid, text, text) owner to rustok_reader;
      revoke all on function storefront_page(uuid, text, text) from public;
      grant execute on function storefront_page(uuid, text, text) to rustok_app;`);
  }
}
