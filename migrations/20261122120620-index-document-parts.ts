import { Migration } from "@mikro-orm/migrations";

/** What documents of several kinds have in common. Small enough for the planner to make them a part of the query. */
export class IndexDocumentParts extends Migration {
  override up(): void {
    this.addSql(`
      create function locale_rank(offered text, wanted text, fallback text) returns integer
      language sql immutable parallel safe
      return case offered when wanted then 0 when fallback then 1 else 2 end;
      comment on function locale_rank(text, text, text) is
        'Orders translations: the locale wanted, else the tenant''s default, else any.';

      create function iso8601(moment timestamptz) returns text
      language sql immutable strict parallel safe
      return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
      comment on function iso8601(timestamptz) is
        'As JSON documents spell a time, whatever the time zone of the session.';`);

    this.addSql(`
      create function shown_tags(tag_ids uuid[])
      returns table (list json, handles text[], ids uuid[], words text)
      language sql stable
      begin atomic
        select
          json_agg(json_build_object('handle', handle, 'name', name) order by handle),
          array_agg(handle order by handle),
          array_agg(id order by handle),
          string_agg(name, ' ' order by handle)
        from tags
        where id = any (tag_ids);
      end;

      create function shown_categories(category_ids uuid[], wanted text, fallback text)
      returns table (list json, handles text[], ids uuid[], words text)
      language sql stable
      begin atomic
        with recursive climb as (
          select id as leaf, id, parent_id, handle, 0 as height
          from categories
          where id = any (category_ids)
          union all
          select climb.leaf, above.id, above.parent_id, above.handle, climb.height + 1
          from climb join categories above on above.id = climb.parent_id
        ),
        step as (
          select leaf, id, handle, height, coalesce(translation.name, handle) as name
          from climb
          left join lateral (
            select t.name from category_translations t
            where t.category_id = climb.id
            order by locale_rank(t.locale, wanted, fallback), t.locale
            limit 1
          ) translation on true
        ),
        path as (
          select leaf,
            json_agg(json_build_object('handle', handle, 'name', name) order by height desc) as breadcrumb,
            array_agg(handle order by height desc) as place
          from step
          group by leaf
        )
        select
          json_agg(json_build_object('handle', handle, 'name', name, 'breadcrumb', breadcrumb) order by place)
            filter (where height = 0),
          array_agg(distinct handle),
          array_agg(distinct id),
          string_agg(distinct name, ' ')
        from step join path using (leaf);
      end;
      comment on function shown_categories(uuid[], text, text) is
        'The categories with the way down to each, and of those and all their ancestors the handles, ids and names.';`);
  }
}
