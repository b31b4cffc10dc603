import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { projectionsEnded } from "#modules/index";

/**
 * Removes the words that no document of the tenant holds any more, and answers how many; of the others
 * counts in how many documents they are. Unused ones do no harm but take room: a typo is at worst taken
 * for a word that then finds nothing. Projections wait while it runs, or one that saw a word known could
 * find it gone; some 10 s for 100,000 products.
 */
export function forgetUnusedWords(ctx: RequestContext): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    await projectionsEnded(tx);
    const [row] = await tx.sql<{ forgotten: number }>(`
      with used as (
        select locale, word, floor_log2(count(*)) as commonness
        from (
          select locale, word from index_products, unnest(tsvector_to_array(search)) word
          union all
          select locale, word from index_content, unnest(tsvector_to_array(search)) word
        ) held
        group by locale, word
      ),
      gone as (
        delete from index_words known
        where not exists (select from used where used.locale = known.locale and used.word = known.word)
        returning word
      ),
      counted as (
        update index_words known set commonness = used.commonness
        from used
        where used.locale = known.locale and used.word = known.word
          and known.commonness >= 0 and known.commonness <> used.commonness
      )
      select count(*)::integer as forgotten from gone`);
    return row?.forgotten ?? 0;
  });
}
