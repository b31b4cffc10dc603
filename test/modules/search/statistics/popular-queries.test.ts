import { afterEach, expect, test, vi } from "vitest";
import type { RequestContext } from "#kernel/context";
import { forgetOldQueries, recorderOf } from "#modules/search";
import { installation, log } from "#test/installation";
import { QueryCounts } from "../../../../src/modules/search/statistics/query-counts.ts";
import { onSale, published } from "../a-catalogue.ts";
import { edit, limited, refusal, visit } from "../an-editor.ts";

const { anEditor, db, owner } = await installation();

afterEach(() => recorderOf({ db, log }).flush());

interface Row {
  locale: string;
  kind: string;
  query: string;
  searches: number;
  without_results: number;
}

/** What is on record of a tenant's searches, once all are written. */
async function counted({ tenant }: RequestContext): Promise<Row[]> {
  await recorderOf({ db, log }).flush();
  const { rows } = await owner.query<Row>(
    `select locale, kind, query, searches::int, without_results::int from search_queries
     where tenant_id = $1 and day = (now() at time zone 'utc')::date order by kind, query, locale`,
    [tenant.id],
  );
  return rows;
}

const row = (
  query: string,
  searches: number,
  without_results: number,
  more: Partial<Row> = {},
) => ({
  locale: "en",
  kind: "products",
  query,
  searches,
  without_results,
  ...more,
});

const search = (ctx: RequestContext, query: string) =>
  visit(ctx, `query ($query: String!) { searchProducts(query: $query) { edges { cursor } } }`, {
    query,
  });

const note = (ctx: RequestContext, query: string) =>
  recorderOf({ db, log }).note(ctx.tenant, {
    kind: "products",
    locale: "en",
    query,
    withoutResults: false,
  });

test("searches are counted by query, locale and kind, and those that found nothing", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Mug" });
  await published(ctx, "Mug care");
  for (const query of ["mug", " MUG  ", "teapot", ""]) await search(ctx, query);
  await visit(ctx, `{ searchProducts(query: "mug", locale: "de") { totalCount } }`);
  await visit(ctx, `{ searchContent(query: "mug") { totalCount } }`);
  await visit(ctx, `{ search(query: "tea") { totals { products } } }`);
  await search(ctx, "x".repeat(201));
  expect(await counted(ctx)).toEqual([
    row("tea", 1, 1, { kind: "all" }),
    row("mug", 1, 0, { kind: "content" }),
    row("mug", 1, 0, { locale: "de" }),
    row("mug", 2, 0),
    row("teapot", 1, 1),
  ]);
});

test("further pages are no searches, suggestions neither, and a filter is no fault of the words", async () => {
  const ctx = await anEditor();
  for (const title of ["Mug", "Blue mug"]) await onSale(ctx, { title });
  type Page = { page: { pageInfo: { endCursor: string } } };
  const pages = `query ($after: String) {
    page: searchProducts(query: "mug", first: 1, after: $after) { pageInfo { endCursor } }
  }`;
  const { page } = await visit<Page>(ctx, pages);
  await visit(ctx, pages, { after: page.pageInfo.endCursor });
  await visit(
    ctx,
    `{ searchProducts(query: "mug", filter: { price: { gte: 1 } }) { totalCount } }`,
  );
  await visit(ctx, `{ suggest(query: "mu") { completions products { id } } }`);
  expect(await counted(ctx)).toEqual([row("mug", 2, 0)]);
});

test("what was searched is written within seconds, by nobody's doing", async () => {
  const ctx = await anEditor();
  await search(ctx, "mug");
  await vi.waitFor(
    async () => {
      const { rowCount } = await owner.query("select from search_queries where tenant_id = $1", [
        ctx.tenant.id,
      ]);
      expect(rowCount).toBe(1);
    },
    { timeout: 10_000, interval: 100 },
  );
});

test("a search does not wait for the recording, while who records does", async () => {
  const ctx = await anEditor();
  await onSale(ctx, { title: "Mug" });
  await search(ctx, "mug");
  const holder = await owner.connect();
  await holder.query("begin; lock table search_queries in access exclusive mode");
  let written = false;
  const flushed = recorderOf({ db, log })
    .flush()
    .then(() => (written = true));
  try {
    await vi.waitFor(async () => {
      const { rowCount } = await owner.query(
        `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%count_searches%'
           and datname = current_database()`,
      );
      expect(rowCount).toBe(1);
    }, 10_000);
    for (let i = 0; i < 5; i++) await search(ctx, "mug");
    expect(written).toBe(false);
  } finally {
    await holder.query("commit");
    holder.release();
  }
  await flushed;
  expect(await counted(ctx)).toEqual([row("mug", 6, 0)]);
});

test("counts that cannot be written are kept for the next time", async () => {
  const ctx = await anEditor();
  note(ctx, "mug");
  await owner.query("revoke insert on search_queries from rustok_app");
  const warn = vi.spyOn(log, "warn").mockImplementation(() => {});
  try {
    await recorderOf({ db, log }).flush();
    note(ctx, "mug");
    await recorderOf({ db, log }).flush();
    expect(warn).toHaveBeenCalledTimes(2);
  } finally {
    warn.mockRestore();
    await owner.query("grant insert on search_queries to rustok_app");
  }
  expect(await counted(ctx)).toEqual([row("mug", 2, 0)]);
});

test("who invents queries is counted up to a bound, and keeps no other tenant from being counted", async () => {
  const [ctx, other] = [await anEditor(), await anEditor()];
  for (let i = 0; i < 600; i++) note(ctx, `query ${i}`);
  note(ctx, "query 0");
  note(other, "mug");
  const rows = await counted(ctx);
  expect(rows).toHaveLength(500);
  expect(rows.find(({ query }) => query === "query 0")?.searches).toBe(2);
  expect(await counted(other)).toEqual([row("mug", 1, 0)]);
});

test("all tenants together have a bound as well, also for counts that are kept", () => {
  const counts = new QueryCounts();
  const counted = { day: "2026-11-23", locale: "en", kind: "products" };
  const noteAll = (into: QueryCounts) => {
    for (let i = 0; i < 6_000; i++) {
      into.note(`tenant ${i % 20}`, { ...counted, query: `query ${i}` }, i % 2 === 0);
    }
  };
  noteAll(counts);
  const kept = new QueryCounts();
  kept.note("tenant 0", { ...counted, query: "query 0" }, false);
  noteAll(kept);
  kept.add(counts);
  const all = kept.byTenant().flatMap(([, ofTenant]) => ofTenant);
  expect(all).toHaveLength(5_000);
  expect(all.find(({ query }) => query === "query 0")).toMatchObject({
    searches: 3,
    withoutResults: 2,
  });
});

test("processes that write the same counts at once lose none", async () => {
  const tenants = [await anEditor(), await anEditor()];
  const processes = Array.from({ length: 6 }, () => recorderOf({ db: { ...db }, log }));
  const warn = vi.spyOn(log, "warn");
  for (let round = 0; round < 5; round++) {
    for (const [i, process] of processes.entries()) {
      for (let query = 0; query < 100; query++) {
        for (const { tenant } of i % 2 ? tenants : tenants.toReversed()) {
          const words = `query ${i % 3 ? query : 99 - query}`;
          process.note(tenant, { kind: "all", locale: "en", query: words, withoutResults: true });
        }
      }
    }
    await Promise.all(processes.map((process) => process.flush()));
  }
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
  for (const ctx of tenants) {
    const rows = await counted(ctx);
    expect(rows).toHaveLength(100);
    expect(
      new Set(rows.map(({ searches, without_results }) => [searches, without_results].join())),
    ).toEqual(new Set(["30,30"]));
  }
});

test("a tenant that is gone meanwhile keeps nobody's counts from being written", async () => {
  const [gone, ctx] = [await anEditor(), await anEditor()];
  note(gone, "mug");
  note(ctx, "mug");
  await owner.query("delete from tenants where id = $1", [gone.tenant.id]);
  expect(await counted(ctx)).toEqual([row("mug", 1, 0)]);
});

test("who closes writes what is left; whoever comes after starts anew", async () => {
  const ctx = await anEditor();
  const first = recorderOf({ db, log });
  note(ctx, "mug");
  await first.close();
  const { rowCount } = await owner.query("select from search_queries where tenant_id = $1", [
    ctx.tenant.id,
  ]);
  expect(rowCount).toBe(1);
  expect(recorderOf({ db, log })).not.toBe(first);
  note(ctx, "mug");
  expect(await counted(ctx)).toEqual([row("mug", 2, 0)]);
});

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** Puts on record what was searched for some days ago. */
const onRecord = async (
  { tenant }: RequestContext,
  rows: [ago: number, query: string, searches: number, inVain: number, locale?: string][],
) => {
  for (const [ago, query, searches, inVain, locale = "en"] of rows) {
    await owner.query("insert into search_queries values ($1, $2, $3, 'products', $4, $5, $6)", [
      tenant.id,
      day(ago),
      locale,
      query,
      searches,
      inVain,
    ]);
  }
};

interface Statistics {
  popularQueries: { query: string; searches: number; withoutResults: number }[];
  queriesWithoutResults: { query: string; withoutResults: number }[];
}

const statistics = `query ($from: LocalDate, $to: LocalDate, $locale: String, $first: Int) {
  popularQueries(from: $from, to: $to, locale: $locale, first: $first) { query searches withoutResults }
  queriesWithoutResults(from: $from, to: $to, locale: $locale, first: $first) { query withoutResults }
}`;

test("editors see what was searched for most, and most in vain, in the days and locale they ask for", async () => {
  const ctx = await anEditor();
  await onRecord(ctx, [
    [0, "mug", 3, 0],
    [1, "mug", 2, 1],
    [1, "teapot", 4, 4],
    [1, "becher", 9, 2, "de"],
    [31, "old", 99, 99],
  ]);
  await onRecord(await anEditor(), [[0, "another's", 50, 50]]);
  const ask = (variables: object = {}) => edit<Statistics>(ctx, statistics, { ...variables });
  const queries = async (variables: object) =>
    (await ask(variables)).popularQueries.map(({ query }) => query);

  expect(await ask()).toEqual({
    popularQueries: [
      { query: "becher", searches: 9, withoutResults: 2 },
      { query: "mug", searches: 5, withoutResults: 1 },
      { query: "teapot", searches: 4, withoutResults: 4 },
    ],
    queriesWithoutResults: [
      { query: "teapot", withoutResults: 4 },
      { query: "becher", withoutResults: 2 },
      { query: "mug", withoutResults: 1 },
    ],
  });
  expect(await queries({ locale: "en", first: 1 })).toEqual(["mug"]);
  expect(await queries({ from: day(1), to: day(1), locale: "en" })).toEqual(["teapot", "mug"]);
  expect(await queries({ from: day(31) })).toEqual(["old", "becher", "mug", "teapot"]);
});

test("statistics need search:read and sound arguments", async () => {
  const ctx = await anEditor();
  expect((await refusal(limited(ctx, "search:write"), statistics)).code).toBe("FORBIDDEN");
  await expect(visit(ctx, statistics)).rejects.toThrow("UNAUTHENTICATED");
  const faulty = { locale: "fr", first: 0 };
  expect((await refusal(ctx, statistics, faulty)).issues).toEqual(["locale", "first"]);
});

test("what is older than 400 days is forgotten, of the tenant alone", async () => {
  const [ctx, other] = [await anEditor(), await anEditor()];
  for (const editor of [ctx, other]) {
    await onRecord(editor, [
      [400, "mug", 1, 0],
      [401, "mug", 1, 0],
      [500, "tea", 1, 0],
    ]);
  }
  const left = async ({ tenant }: RequestContext) =>
    (await owner.query("select from search_queries where tenant_id = $1", [tenant.id])).rowCount;
  expect(await forgetOldQueries(ctx)).toBe(2);
  expect([await left(ctx), await left(other)]).toEqual([1, 3]);
});
