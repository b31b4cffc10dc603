import type { Search } from "./search.ts";

const ofOne = (unit: number) =>
  `2 - (r.headline @@ wanted.titled[${unit}])::integer - (r.headline @@ wanted.filed[${unit}])::integer`;

/**
 * How far from the title each unit is found, added up: 0 in it, 1 in the keywords, 2 in the text.
 * For a few units, as nearly all searches have, it is spelt out: a sub-select costs each row 2 µs.
 */
const distance = `case units
                    when 1 then ${ofOne(1)}
                    when 2 then ${ofOne(1)} + ${ofOne(2)}
                    when 3 then ${ofOne(1)} + ${ofOne(2)} + ${ofOne(3)}
                    else (
                      select sum(2 - (r.headline @@ titled)::integer - (r.headline @@ filed)::integer)
                      from unnest(wanted.titled, wanted.filed) as unit (titled, filed))
                  end`;

/**
 * One whole number below 2^53, the smaller the better: level, distance from the title, what the tenant
 * ranks by, then whether the words stand together and how short the title is. How much each counts is
 * asked, so that no two overlap.
 */
export function relevance({ signals }: Search): string {
  const ranked = Object.entries(signals).map(
    ([name, value]) =>
      `
                  + case when asked.by_${name} > 0 then asked.by_${name} * (${value}) else 0 end`,
  );
  return `asked.by_match * (64 * wanted.level + ${distance})${ranked.join("")}
                  + case when r.headline @@ together then 0 else 256 end + least(octet_length(r.title), 255)`;
}
