import { optionBit, type Choice, type Search } from "./search.ts";

const shared: Choice[] = [
  {
    facet: "categories",
    given: "asked.category_any is not null",
    holds: "r.category_handles && asked.category_any",
  },
  {
    facet: "tags",
    given: "asked.tag_any is not null",
    holds: "r.tag_handles && asked.tag_any",
  },
];

export const choicesOf = (search: Search) => [...shared, ...search.choices];

export const whose = "r.tenant_id = of_tenant and r.locale = asked.locale and r.generation = live";

/** The same for the index of words alone: an index of the three, put beside it, would find all rows for nothing. */
export const whoseByScope = `r.scope = in_scope and (${whose}) is true`;

/** What a row must fulfil besides. A choice is left to `failed` when its facet is counted. */
export function conditionsOf(search: Search): string {
  const chosen = choicesOf(search).map(
    ({ facet, given, holds }) =>
      `
                and (not ${given} or '${facet}' = any (asked.facets) or ${holds})`,
  );
  return `r.visible
                and (asked.category_all is null or r.category_handles @> asked.category_all)
                and (asked.tag_all is null or r.tag_handles @> asked.tag_all)
                and (asked.hidden is null or r.${search.id} <> all (asked.hidden))${chosen.join("")}${search.conditions}`;
}

/** What is pinned has its place already. */
export const unpinned = ({ id }: Search) =>
  `(asked.pinned is null or r.${id} <> all (asked.pinned))`;

/** Whether there is any choice whose facet is counted. */
export const choosing = (search: Search) =>
  [
    ...choicesOf(search).map(({ facet, given }) => `${given} and '${facet}' = any (asked.facets)`),
    ...(hasOptions(search) ? ["asked.options is not null and 'options' = any (asked.facets)"] : []),
  ].join("\n          or ");

const hasOptions = ({ facets }: Search) => facets.some(({ name }) => name === "options");

/** Which choices, of those whose facets are counted, do not hold for a row: a bit each. */
export function failedBy(search: Search): string {
  const bits = choicesOf(search).map(
    ({ facet, given, holds }, place) =>
      `case when ${given} and '${facet}' = any (asked.facets) and (${holds}) is not true then ${1 << place} else 0 end`,
  );
  if (hasOptions(search)) {
    bits.push(`case when asked.options is not null and 'options' = any (asked.facets) then coalesce((
                  select bit_or(${optionBit("array_position(asked.option_names, asked.option_names[i])")})
                  from generate_subscripts(asked.options, 1) i
                  where not r.option_values && asked.options[i:i]), 0) else 0 end`);
  }
  return bits.join("\n                + ");
}
