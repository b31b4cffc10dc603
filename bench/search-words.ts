import type { Pool } from "pg";

/** Searches as people type them: whole words, beginnings and misspellings of words that the titles hold. */
export async function searches(owner: Pool, tenantId: string): Promise<string[]> {
  const { rows } = await owner.query<{ word: string }>(
    `select word from index_words
     where tenant_id = $1 and locale = 'en' and length(word) >= 6 and word ~ '^[a-z]+$'
     group by word order by md5(word) limit 60`,
    [tenantId],
  );
  return rows.map(({ word }, turn) => {
    if (turn % 3 === 0) return word;
    return turn % 3 === 1 ? word.slice(0, 4) : `${word.slice(0, 2)}${word.slice(3)}`;
  });
}

/** The words that most titles hold, most frequent first. */
export async function commonWords(owner: Pool, tenantId: string): Promise<string[]> {
  const { rows } = await owner.query<{ word: string }>(
    `select word from ts_stat(format(
       'select search from live_products where tenant_id = %L and locale = ''en'' and visible', $1::text), 'a')
     order by ndoc desc, word limit 5`,
    [tenantId],
  );
  return rows.map(({ word }) => word);
}
