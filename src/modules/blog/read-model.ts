import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";

/** How many comments are projected in one statement. */
const batchSize = 500;

/**
 * Brings the comments that these nodes are, or that lie below them, up to date.
 *
 * Whoever does so takes turns within a tenant, from before its statement's snapshot until its commit: so
 * what is written last was read last, in whatever order the events come.
 */
export function refreshComments(ctx: RequestContext, nodeIds: string[]): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await takeTurn(tx);
    await tx.sql(
      `with recursive below as (
         select id from unnest($1::uuid[]) given (id)
         union
         select n.id from below join nodes n on n.parent_id = below.id where n.kind = 'comment'
       ),
       fresh as materialized (select * from project_comments(array(select id from below))),
       gone as (
         delete from index_comments c
         where c.comment_id in (select id from below)
           and c.comment_id not in (select comment_id from fresh)
       )
       insert into index_comments as stored (tenant_id, comment_id, post_id, thread_id, published_at, doc)
       select tenant_id, comment_id, post_id, thread_id, published_at, doc from fresh
       order by comment_id
       on conflict (tenant_id, comment_id) do update
       set post_id = excluded.post_id, thread_id = excluded.thread_id,
           published_at = excluded.published_at, doc = excluded.doc
       where (stored.post_id, stored.thread_id, stored.published_at, stored.doc)
         is distinct from (excluded.post_id, excluded.thread_id, excluded.published_at, excluded.doc)`,
      [nodeIds],
    );
  });
}

/** The same for every comment there is or was: what being switched on calls for. */
export async function refreshAllComments(ctx: RequestContext): Promise<void> {
  for await (const ids of knownComments(ctx)) await refreshComments(ctx, ids);
}

/** Where what everybody sees is not what the source would make it. */
export interface CommentDifference {
  store: "read model";
  kind: "comment";
  id: string;
  /** A comment is the same in each. */
  locale: "*";
  reason: "missing" | "stale" | "orphaned";
  /** What differs of a stale one. */
  fields: string[];
}

/** Recomputes every comment from source and compares. Changes nothing; what is still on its way differs. */
export async function* verifyComments(ctx: RequestContext): AsyncGenerator<CommentDifference> {
  for await (const ids of knownComments(ctx)) {
    yield* await inTransaction(ctx, (tx) =>
      tx.sql<CommentDifference>(
        `with fresh as materialized (
           select comment_id as id, to_jsonb(facts) as facts from project_comments($1) facts
         ),
         stored as (
           select comment_id as id, to_jsonb(facts) - 'begins_thread' as facts from index_comments facts
           where comment_id = any ($1::uuid[])
         )
         select 'read model' as store, 'comment' as kind, id, '*' as locale,
           case when stored.facts is null then 'missing' when fresh.facts is null then 'orphaned' else 'stale' end as reason,
           array(
             select key from jsonb_each(fresh.facts) one join jsonb_each(stored.facts) other using (key)
             where one.value <> other.value
             order by key
           ) as fields
         from fresh full join stored using (id)
         where fresh.facts is distinct from stored.facts
         order by id`,
        [ids],
      ),
    );
  }
}

async function takeTurn(tx: Transaction): Promise<void> {
  await tx.sql("select pg_advisory_xact_lock(hashtextextended('comments shown by ' || $1, 0))", [
    tx.tenant.id,
  ]);
}

/** Every id that either side has heard of, in pages. */
async function* knownComments(ctx: RequestContext): AsyncGenerator<string[]> {
  for (let last = "00000000-0000-0000-0000-000000000000"; ;) {
    const after = last;
    const page = await inTransaction(ctx, (tx) =>
      tx.sql<{ id: string }>(
        `(select id from nodes where kind = 'comment' and id > $1 order by id limit ${batchSize})
         union
         (select comment_id from index_comments where comment_id > $1 order by comment_id limit ${batchSize})
         order by id limit ${batchSize}`,
        [after],
      ),
    );
    const end = page.at(-1);
    if (!end) return;
    yield page.map(({ id }) => id);
    last = end.id;
  }
}
