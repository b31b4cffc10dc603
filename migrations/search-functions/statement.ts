import { conditionsOf, failedBy, unpinned, whose, whoseByScope } from "./conditions.ts";
import { countedColumns, facetsOf } from "./facets.ts";
import { relevance } from "./ranking.ts";
import type { Search, Variant } from "./search.ts";

/** Finds, orders, counts and shows, all in one snapshot; into `total` how many and into `answer` the rest. */
export function statementOf(search: Search, variant: Variant): string {
  const { table, id, figures, document, card } = search;
  const { browsing, counting } = variant;
  return `
          with hit as ${browsing && !counting ? "not materialized" : "materialized"} (${hits(search, variant)}
          ),
          tally as (select count(*) as hits from hit${counting ? " where not choosing or failed = 0" : ""}),
          page as (
            select id, number, words from (${browsing ? `${newest(search, variant)} union all` : ""}${best(variant)}
            ) found
            order by number, words, id desc
            offset coalesce(asked.after_offset, 0) limit asked.first + 1
          )${
            counting
              ? `,
          counted as (${facetsOf(search)}
          )`
              : ""
          }
          select ${browsing ? "null" : "(select hits from tally)"}, json_build_object(
            'totalCount', case when asked.with_total then (select hits from tally) end,${counting ? `${figures}${grouped}` : ""}
            'terms', levels[array_upper(levels, 1)].ranker::text,
            'hits', (
              select coalesce(json_agg(json_build_object(
                'key', json_build_array(number, words, id),
                'id', id,
                'title', r.title,
                'locale', r.shown_locale,${card},
                'publishedAt', iso8601(r.published_at),
                'revision', r.revision,
                'indexedAt', iso8601(r.indexed_at)) order by number, words, id desc), '[]')
              from page
              join ${table} r on r.${id} = id, jsonb_to_record(r.doc) as d (${document})
              where ${whose}))
          into total, answer;`;
}

const grouped = `
            'facets', (
              select json_object_agg(facet, counts)
              from (
                select facet, json_agg(json_build_object('value', entry, 'label', label, 'count', hits)
                  order by hits desc, entry) as counts
                from counted group by facet
              ) f),`;

function hits(search: Search, { browsing, counting }: Variant): string {
  const { table, id, orders } = search;
  const conditions = conditionsOf(search);
  const kept = [
    `r.${id} as id`,
    ...(counting ? [`${failedBy(search)} as failed`, ...countedColumns(search)] : []),
    ...(counting && search.counting ? [search.counting] : []),
  ].join(",\n                ");
  const words = `
              select ${kept},
                case ordered
                  when 'relevance' then ${relevance(search)}
                  when 'newest' then -extract(epoch from r.published_at)
                  when 'oldest' then extract(epoch from r.published_at)${orders}
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from unnest(levels) as wanted
              join ${table} r on r.search @@ wanted.finder
              where ${whoseByScope} and ${conditions}
                and ${unpinned(search)}`;
  const everything = `
              select ${kept},
                case ordered
                  when 'oldest' then extract(epoch from r.published_at)${orders}
                  else 0
                end::double precision as number,
                case ordered when 'title' then r.title else ''::text end as words
              from ${table} r
              where (listed and ${whoseByScope} or not listed and ${whose}) and ${conditions}
                and ${unpinned(search)} and (unwanted is null or not r.search @@ unwanted)`;
  const pinned = `
              select ${kept}, (pin.place - 1e15)::double precision, ''::text
              from unnest(asked.pinned) with ordinality as pin (id, place)
              join ${table} r on r.${id} = pin.id
              where asked.pinned is not null and ${whose} and ${conditions}`;
  const all = `${browsing ? everything : words}
              union all${pinned}`;
  if (!counting) return all;
  return `
            select * from (${all}
            ) r
            where failed & (failed - 1) = 0`;
}

/** The page of everything by day of publication: the index gives it in order. */
function newest(search: Search, { counting }: Variant): string {
  const { table, id } = search;
  return `
              (select r.${id} as id, -extract(epoch from r.published_at)::double precision as number, ''::text as words
              from ${table} r
              where by_age and ${whose} and (not listed or r.scope = in_scope) and ${conditionsOf(search)}
                and ${unpinned(search)} and (unwanted is null or not r.search @@ unwanted)${
                  counting
                    ? `
                and ${failedBy(search)} = 0`
                    : ""
                }
                and (asked.after_id is null or asked.after_number < below_pins
                  or (r.published_at, r.${id}) < (to_timestamp(least(greatest(-asked.after_number, -2e11), 2e11)), asked.after_id))
              order by r.published_at desc, r.${id} desc
              limit reach)`;
}

const best = ({ browsing, counting }: Variant) => `
              (select id, number, words from hit
              where (asked.after_id is null
                  or number > asked.after_number
                  or number = asked.after_number
                    and (words > asked.after_words or words = asked.after_words and id < asked.after_id))${
                      browsing
                        ? `
                and (not by_age or number < below_pins)`
                        : ""
                    }${
                      counting
                        ? `
                and (not choosing or failed = 0)`
                        : ""
                    }
              order by number, words, id desc
              limit reach)`;
