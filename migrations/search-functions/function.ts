import { choosing, whoseByScope } from "./conditions.ts";
import type { Search } from "./search.ts";
import { statementOf } from "./statement.ts";

export function typeOf({ name, fields }: Search): string {
  return `
      drop function search_${name}(uuid, jsonb);
      drop function matching_${name}(uuid, ${name}_search);
      drop type ${name}_search;
      create type ${name}_search as (
        query text, phrases text[], excluded text[], synonyms jsonb, stop_words text[], locale text,
        category_any text[], category_all text[], tag_any text[], tag_all text[],
        sort text, first integer, after_number double precision, after_words text, after_id uuid, after_offset integer,
        facets text[], with_total boolean, with_body boolean, pinned uuid[], hidden uuid[],
        by_match double precision, by_recency double precision,${fields}
      );`;
}

export function functionOf(search: Search): string {
  const { name, table, kind } = search;
  const statement = (
    browsing: boolean,
  ) => `if counting then${statementOf(search, { browsing, counting: true })}
          else${statementOf(search, { browsing, counting: false })}
          end if;`;
  return `
      create function search_${name}(of_tenant uuid, request jsonb) returns json
      language plpgsql stable security definer
      set search_path = public, pg_temp
      set plan_cache_mode = force_custom_plan set enable_seqscan = off set jit = off set work_mem = '32MB'
      set effective_io_concurrency = 0
      as $$
      declare
        asked ${name}_search := jsonb_populate_record(null::${name}_search, request);
        live constant integer := live_generation(of_tenant, '${kind}');
        live_categories constant integer := live_generation(of_tenant, 'category');
        in_scope constant bigint := search_scope(of_tenant, asked.locale, live);
        browsing constant boolean := coalesce(asked.query, '') ~ '^\\s*$' and coalesce(cardinality(asked.phrases), 0) = 0;
        counting constant boolean := coalesce(cardinality(asked.facets), 0) > 0;
        ordered constant text := case when browsing and asked.sort = 'relevance' then 'newest' else asked.sort end;
        -- Whether the index of words finds what is filtered by: the lists that are in it.
        listed constant boolean := asked.category_all is not null or asked.tag_all is not null
          or asked.category_any is not null and not 'categories' = any (asked.facets)
          or asked.tag_any is not null and not 'tags' = any (asked.facets);
        choosing constant boolean := coalesce(
          ${choosing(search)}, false);
        by_age constant boolean := browsing and ordered = 'newest';
        reach constant integer := asked.first + 1 + coalesce(asked.after_offset, 0);
        below_pins constant double precision := -1e14;
        unwanted tsquery;
        together tsquery;
        levels search_level[];
        finders tsquery[];
        units integer;
        forgiving boolean := false;
        total bigint;
        answer json;
      begin
        if browsing then
          if cardinality(asked.excluded) > 0 then
            select any_of(phrase_query(phrase_words(given))) into unwanted from unnest(asked.excluded) given;
          end if;
          ${statement(true)}
          return answer;
        end if;

        together := phraseto_tsquery('rustok_words', search_text(asked.query));
        if numnode(together) = 1 then
          together := null;
        end if;
        loop
          select array_agg(l order by level), array_agg(finder) into levels, finders
          from search_levels(of_tenant, asked.locale, coalesce(asked.query, ''), coalesce(asked.phrases, '{}'),
            asked.excluded, asked.synonyms, coalesce(asked.stop_words, '{}'), forgiving) l;
          units := cardinality(levels[1].titled);
          ${statement(false)}

          -- Typos are forgiven where the words as typed find fewer than ten, with or without filters. The
          -- limit is hidden in a sub-select, or the planner would walk all rows by their key in the hope
          -- of an early end.
          exit when forgiving or levels is null
            or total >= 10 + coalesce(cardinality(asked.pinned), 0)
            or (
              select count(*) = 10
              from (
                select from ${table} r
                where ${whoseByScope} and r.visible and r.search @@ any (finders)
                limit (select 10)
              ) unfiltered);
          forgiving := true;
        end loop;
        return answer;
      end $$;
      alter function search_${name}(uuid, jsonb) owner to rustok_reader;
      revoke all on function search_${name}(uuid, jsonb) from public;
      grant execute on function search_${name}(uuid, jsonb) to rustok_app;`;
}
