import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { rebuild, repair, verify } from "#modules/index";
import { repairSearch, verifySearch } from "#modules/search";
import { installation } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { onSale } from "../a-catalogue.ts";
import { aFedEngine, type FedEngine } from "./a-fed-engine.ts";

/** How many products each of the two shops has; each is spoiled in one way at most. */
const products = 60;
/** Of each kind of spoiling, in each store. */
const each = { missing: 13, stale: 13, orphaned: 12, foreign: 12 };

describeMeilisearch("a hundred documents spoiled by hand", () => {
  let shop: RequestContext;
  let neighbour: RequestContext;
  let engine: FedEngine;
  const ids: Record<string, string[]> = {};

  beforeAll(async () => {
    const { anEditor } = await installation();
    [shop, neighbour] = [await anEditor(), await anEditor()];
    engine = await aFedEngine();
    for (const ctx of [shop, neighbour]) {
      ids[ctx.tenant.id] = [];
      for (let n = 0; n < products; n++) {
        const variants = [{ prices: [{ currency: "EUR", amount: 1_000 + n }] }];
        ids[ctx.tenant.id]?.push(
          await onSale(ctx, { title: `Number ${n}`, options: [], variants }),
        );
      }
      await rebuild(ctx, { kind: "category" });
    }
    await engine.caughtUp();
  }, 60_000);

  const idsOf = (ctx: RequestContext) => ids[ctx.tenant.id] ?? [];
  /** Which ones are spoiled how; the rest is left alone. */
  const parts = (all: string[]) => {
    const { missing, stale, foreign } = each;
    return {
      missing: all.slice(0, missing),
      stale: all.slice(missing, missing + stale),
      foreign: all.slice(missing + stale, missing + stale + foreign),
    };
  };

  test("in the read model are all found and repaired, and nothing else is touched", async () => {
    const { owner } = await installation();
    const { missing, stale, foreign } = parts(idsOf(shop));
    const unheardOf = Array.from({ length: each.orphaned }, newId);
    await owner.query("delete from index_products where product_id = any ($1) and locale = 'en'", [
      missing,
    ]);
    await owner.query(
      `update index_products set prices = '{"EUR": {"min": 1, "max": 1}}', revision = revision + 5
       where product_id = any ($1) and locale = 'en'`,
      [stale],
    );
    const copyTo = (tenant: string, given: string[], as: string[]) =>
      owner.query(
        `insert into index_products (tenant_id, product_id, locale, revision, shared_revision, doc, shown_locale, handle,
           title, category_handles, tag_handles, option_values, shows, in_stock, prices, published_at, created_at, search)
         select $1, new, 'en', revision, shared_revision, doc, shown_locale, handle,
           title, category_handles, tag_handles, option_values, shows, in_stock, prices, published_at, created_at, search
         from unnest($2::uuid[], $3::uuid[]) as made (old, new)
         join index_products on product_id = old and locale = 'en' and tenant_id <> $1`,
        [tenant, given, as],
      );
    await copyTo(shop.tenant.id, idsOf(neighbour).slice(0, each.orphaned), unheardOf);
    await copyTo(neighbour.tenant.id, foreign, foreign);

    const before = await untouched([...missing, ...stale, ...unheardOf]);
    const inShop = await Array.fromAsync(verify(shop));
    const inNeighbour = await Array.fromAsync(verify(neighbour));
    expect(tally(inShop)).toEqual({ missing: 13, stale: 13, orphaned: 12 });
    expect(tally(inNeighbour)).toEqual({ orphaned: 12 });
    expect(new Set(inShop.map(({ id }) => id))).toEqual(
      new Set([...missing, ...stale, ...unheardOf]),
    );
    expect(inNeighbour.map(({ id }) => id).sort()).toEqual([...foreign].sort());

    await repair(shop, inShop);
    await repair(neighbour, inNeighbour);
    await engine.caughtUp();
    expect(await untouched([...missing, ...stale, ...unheardOf])).toEqual(before);
    await nothingDiffers();
  });

  test("in Meilisearch are all found and repaired, and nothing else is sent", async () => {
    const { missing, stale, foreign } = parts(idsOf(shop));
    const unheardOf = Array.from({ length: each.orphaned }, newId);
    const index = spoilable();
    const idOf = (id: string) => `${id}_1`;
    const copies = await Promise.all(
      idsOf(shop)
        .slice(-each.orphaned)
        .map((id) => index.getDocument(idOf(id))),
    );
    await index.deleteDocuments(missing.map(idOf)).waitTask();
    await index
      .updateDocuments(
        stale.map((id, n) => ({
          id: idOf(id),
          ...(n % 2 === 0 ? { prices: { EUR: { min: 1, max: 1 } } } : { boost: 99 }),
        })),
      )
      .waitTask();
    const orphans = copies.map((copy, n) => ({ ...copy, id: idOf(unheardOf[n] ?? "") }));
    await index.addDocuments(orphans).waitTask();
    const scope = `${neighbour.tenant.id}:1`;
    await index.updateDocuments(foreign.map((id) => ({ id: idOf(id), scope }))).waitTask();

    const inShop = await Array.fromAsync(verifySearch(shop));
    const inNeighbour = await Array.fromAsync(verifySearch(neighbour));
    // What was given to the neighbour is missing here, and orphaned there.
    expect(tally(inShop)).toEqual({ missing: 25, stale: 13, orphaned: 12 });
    expect(tally(inNeighbour)).toEqual({ orphaned: 12 });
    expect(inNeighbour.map(({ id }) => id).sort()).toEqual([...foreign].sort());
    const fields = inShop.filter(({ reason }) => reason === "stale").map((one) => one.fields);
    expect(new Set(fields.flat())).toEqual(new Set(["prices", "boost"]));

    const since = await latestTask();
    await repairSearch(shop, inShop);
    await repairSearch(neighbour, inNeighbour);
    await engine.caughtUp();
    const sent = await sentSince(since);
    expect(sent).toEqual(new Set([...missing, ...stale, ...foreign].map((id) => `${id} en`)));
    await nothingDiffers();
  });

  const spoilable = () => {
    const { meilisearch } = engine;
    return meilisearch.client(meilisearch.masterKey).index(`${meilisearch.prefix}_products_en`);
  };

  function tally(found: { reason: string }[]): Record<string, number> {
    const reasons = Map.groupBy(found, ({ reason }) => reason);
    return Object.fromEntries([...reasons].map(([reason, those]) => [reason, those.length]));
  }

  /** The rows of all other products, with the transaction that wrote each last. */
  async function untouched(spoiled: string[]) {
    const { owner } = await installation();
    const { rows } = await owner.query(
      `select xmin::text, tenant_id, product_id, locale from index_products
       where (product_id <> all ($1) or locale <> 'en')
         and tenant_id = (select tenant_id from products where id = product_id)
       order by product_id, locale, tenant_id`,
      [spoiled],
    );
    return rows;
  }

  async function latestTask(): Promise<number> {
    const { owner } = await installation();
    const { rows } = await owner.query<{ task: number }>(
      "select last_task::int as task from search_engine",
    );
    return rows[0]?.task ?? 0;
  }

  /** What was sent with a later task; what belongs to nobody is removed without a note of it. */
  async function sentSince(task: number): Promise<Set<string>> {
    const { owner } = await installation();
    const { rows } = await owner.query<{ what: string }>(
      "select entity_id || ' ' || locale as what from search_documents where done_task > $1",
      [task],
    );
    return new Set(rows.map(({ what }) => what));
  }

  async function nothingDiffers(): Promise<void> {
    for (const ctx of [shop, neighbour]) {
      expect(await Array.fromAsync(verify(ctx))).toEqual([]);
      expect(await Array.fromAsync(verifySearch(ctx))).toEqual([]);
    }
  }
});
