import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { onEitherEngine } from "./engines.ts";

let ctx: RequestContext;
const many = 2_345;

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  const ids = await inTransaction(ctx, async (tx) => {
    const rows = await tx.sql<{ id: string }>(
      `with made as (
         insert into products (id, tenant_id, handle, status, published_at)
         select ('01a20647-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, 'bead-' || n, 'published', now()
         from generate_series(1, $2) n
         returning id, tenant_id, handle
       ),
       told as (
         insert into product_translations (tenant_id, product_id, locale, title, description)
         select tenant_id, id, 'en', 'Bead ' || handle, '' from made
       )
       select id from made`,
      [tx.tenant.id, many],
    );
    return rows.map(({ id }) => id);
  });
  for (let i = 0; i < ids.length; i += 500) await refreshProducts(ctx, ids.slice(i, i + 500));
});

onEitherEngine((engine) => {
  test.each(["relevance", "newest"] as const)(
    "all of 2,345 hits by %s can be paged through, without gap or repeat",
    async (sort) => {
      const seen = new Set<string>();
      for (let after: string | undefined; ;) {
        const page = await engine.searchProducts(ctx, "bead", { sort, first: 100, after });
        expect(page.totalCount).toBe(many);
        for (const { card } of page.hits) seen.add(card.id);
        if (!page.hasMore) break;
        expect(page.hits).toHaveLength(100);
        after = page.hits.at(-1)?.cursor;
      }
      expect(seen.size).toBe(many);
    },
  );
});
