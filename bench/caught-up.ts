import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Shop } from "./shop.ts";

/** Resolves when every event has been worked off. Jobs of a schedule are not waited for. */
export async function workedOff({ owner }: Shop): Promise<void> {
  await zero(
    owner,
    `select (select count(*) from sys_events where dispatched_at is null)
          + (select count(*) from bullmq.job
             where state not in ('completed', 'failed') and data ->> 'tenantId' is not null) as n`,
  );
}

/** Resolves when Meilisearch, too, has everything. In parts that have an index each, asked for in its order: asking is not to keep the database busy. */
export async function caughtUp(shop: Shop): Promise<void> {
  await workedOff(shop);
  await zero(
    shop.owner,
    `select (select count(*) from (
               select from search_documents where sent_task is not null limit 1) under_way)
          + (select count(*) from (
               select from search_documents d
               join index_generations g using (tenant_id, kind, generation)
               where sent_task is null and done_version is distinct from version and state <> 'retired'
               order by d.tenant_id, d.generation, d.since
               limit 1) waiting)
          + (select count(*) from search_indexes where not ready)
          + (select case when exists (select from search_indexes) then 0 else 1 end) as n`,
  );
}

/** Resolves when the read model and Meilisearch have all that one tenant has, whatever others do meanwhile. */
export async function allTakenIn({ owner }: Shop, slug: string): Promise<void> {
  await zero(
    owner,
    `select (select count(*) from sys_events where dispatched_at is null and tenant_id = t.id)
          + (select count(*) from bullmq.job
             where state not in ('completed', 'failed') and data ->> 'tenantId' = t.id::text)
          + (select count(*) from search_documents
             where tenant_id = t.id and sent_task is not null)
          + (select count(*) from search_documents
             where tenant_id = t.id and sent_task is null and done_version is distinct from version) as n
     from tenants t where slug = '${slug}'`,
    1_000,
  );
}

/** Resolves when nothing is left of the read models that were live before. */
export async function withoutPrevious(shop: Shop): Promise<void> {
  await shop.owner.query(
    "update index_generations set retired_at = now() - interval '2 hours' where state = 'previous'",
  );
  await zero(
    shop.owner,
    "select count(*) as n from index_generations where state in ('previous', 'retired')",
  );
}

async function zero(owner: Pool, counting: string, everyMs = 50): Promise<void> {
  for (;;) {
    const { rows } = await owner.query<{ n: string }>(counting);
    if (Number(rows[0]?.n) === 0) return;
    await sleep(everyMs);
  }
}
