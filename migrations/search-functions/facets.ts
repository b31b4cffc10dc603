import { choicesOf } from "./conditions.ts";
import type { Facet, Search } from "./search.ts";

function facetsIn({ scope, facets }: Search): Facet[] {
  const categories = `(
                select name from index_categories
                where tenant_id = of_tenant and scope = '${scope}' and locale = asked.locale
                  and generation = live_categories and handle = entry and visible limit 1)`;
  const tags = `(
                select tag ->> 'name' from jsonb_array_elements(doc -> 'tags') tag
                where tag ->> 'handle' = entry)`;
  return [
    { name: "categories", column: "category_key", list: "category_handles", label: categories },
    { name: "tags", column: "tag_key", list: "tag_handles", label: tags },
    ...facets,
  ];
}

/** What the facets asked for count hits by. */
export const countedColumns = (search: Search) =>
  facetsIn(search).map(
    ({ name, column }) =>
      `case when '${name}' = any (asked.facets) then r.${column} end as ${column}`,
  );

/** Each facet's hundred most frequent values. */
export const facetsOf = (search: Search) =>
  facetsIn(search)
    .map((facet) => (facet.list ? countedByList(search, facet) : counted(search, facet)))
    .join("\n            union all");

/** Hits for which all choices hold, or only this facet's own fails; for a facet of several choices any hit. */
function countable(search: Search, name: string): string {
  const place = choicesOf(search).findIndex(({ facet }) => facet === name);
  return place < 0 ? "true" : `(not choosing or failed | ${1 << place} = ${1 << place})`;
}

/** Outermost, so that a facet nobody asked for leaves nothing in the plan. */
const ifAsked = (name: string) => `
            where '${name}' = any (asked.facets)`;

const exampleIn = ({ table, id }: Search) =>
  `join ${table} r on r.tenant_id = of_tenant and r.${id} = example
                and r.locale = asked.locale and r.generation = live`;

function counted(search: Search, { name, column, label }: Facet): string {
  return `
            select '${name}' as facet, entry, hits, ${label ?? "entry"} as label
            from (
              select ${column} as entry, count(*) as hits, any_value(id) as example
              from hit
              where ${countable(search, name)} and ${column} is not null
              group by ${column}
              order by hits desc, entry
              limit 100
            ) frequent${label ? ` ${exampleIn(search)}` : ""}${ifAsked(name)}`;
}

/** Counts whole lists first, by key, and then what is in them. */
function countedByList(search: Search, facet: Facet): string {
  const { name, column, list, label = "entry", besides } = facet;
  const apart = besides ? ", failed" : "";
  const own = besides
    ? `
              where failed = 0 or ${besides}`
    : "";
  return `
            select '${name}' as facet, entry, hits, ${label} as label
            from (
              select entry, sum(alike)::bigint as hits, any_value(r.doc) as doc
              from (
                select ${column}${apart}, count(*) as alike, any_value(id) as example
                from hit
                where ${countable(search, name)}
                group by ${column}${apart}
              ) same
              ${exampleIn(search)},
              unnest(r.${list}) as entry${own}
              group by entry
              order by hits desc, entry
              limit 100
            ) frequent${ifAsked(name)}`;
}
