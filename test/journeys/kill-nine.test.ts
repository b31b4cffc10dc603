import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { systemContext } from "#kernel/context";
import { openDatabase } from "#kernel/database";
import { createLog } from "#kernel/log";
import { assemble } from "#kernel/registry";
import { findTenant } from "#kernel/tenancy";
import { modules } from "#modules";
import { verify } from "#modules/index";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { install, type Installed } from "#test/process";

const kills = 20;
const mutations = 2_000;
const editors = 6;

let rustok: Installed;
let token: string;
/** How many mutations the server has answered. */
let answered = 0;
/** The last title that the server confirmed, or null for a product it confirmed as deleted. */
const confirmed = new Map<string, string | null>();

beforeAll(async () => {
  rustok = await install();
  const page = await rustok.start();
  const password = /Password\s+(\S+)/.exec(page)?.[1];
  const response = await fetch(`${rustok.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "admin@demo.example", password }),
  });
  token = ((await response.json()) as { accessToken: string }).accessToken;
}, 120_000);

test(`${kills} kills during ${mutations} mutations lose nothing and leave no trace of what was rolled back`, async () => {
  const killer = (async () => {
    for (let kill = 1; kill <= kills; kill++) {
      // The next moment comes when its share of the mutations is done, wherever the server is then.
      await until(() => answered >= ((kill - 0.5 + Math.random()) / (kills + 1)) * mutations);
      await rustok.end("SIGKILL");
      await rustok.start();
    }
  })();
  const anchor = await createProduct("anchor");
  const disturber = holdUpProjections(anchor);
  const ids = await Promise.all(
    Array.from({ length: editors }, (_, n) => createProduct(`start-${n}`)),
  );
  await Promise.all([
    touchNowAndThen(anchor),
    ...ids.map(async (first, editor) => {
      let id = first;
      for (let turn = 1; answered < mutations; turn++) id = await change(id, editor, turn);
    }),
  ]);
  await killer;
  await disturber;
  expect(await findings()).toEqual({
    deadLetters: 0,
    differences: [],
    revisionsWithoutEvent: [],
    eventsWithoutRevision: [],
    lost: [],
  });
  expect(confirmed.size).toBeGreaterThan(100);
}, 280_000);

/**
 * Holds up, again and again, every projection that the anchor is part of, between its reading of the
 * source and its writing of the rest: later ones overtake it, and only the guard keeps their work.
 */
async function holdUpProjections(anchor: string): Promise<void> {
  const embedded = await startEmbeddedPostgres({ directory: rustok.home });
  const owner = new pg.Client({ connectionString: embedded.url });
  await owner.connect();
  while (answered < mutations) {
    await owner.query("begin");
    await owner.query("select from index_products where product_id = $1 for update", [anchor]);
    await rest(150);
    await owner.query("commit");
    await rest(30);
  }
  await owner.end();
  await embedded.stop();
}

/** Has the anchor, whose row is written first, in a projection every now and then. */
async function touchNowAndThen(anchor: string): Promise<void> {
  for (let turn = 1; answered < mutations; turn++) {
    await attempt(rename, {
      input: { id: anchor, translations: [{ locale: "en", title: `Anchor ${turn}` }] },
    });
    await rest(100);
  }
  confirmed.delete(anchor);
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const rename = `mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }`;

/** One mutation of an editor who works on a product of their own; answers the product to go on with. */
async function change(id: string, editor: number, turn: number): Promise<string> {
  const title = `Title ${turn} of editor ${editor}`;
  switch (turn % 10) {
    case 0: {
      confirmed.delete(id);
      await attempt(`mutation ($id: Id!) { deleteProduct(input: { id: $id }) }`, { id }, () => {
        confirmed.set(id, null);
      });
      return createProduct(`editor-${editor}-turn-${turn}`);
    }
    case 5:
      await attempt(`mutation ($id: Id!) { unpublishProduct(input: { id: $id }) { id } }`, { id });
      await attempt(`mutation ($id: Id!) { publishProduct(input: { id: $id }) { id } }`, { id });
      return id;
    default:
      confirmed.delete(id);
      await attempt(rename, { input: { id, translations: [{ locale: "en", title }] } }, () =>
        confirmed.set(id, title),
      );
      return id;
  }
}

async function createProduct(handle: string): Promise<string> {
  const title = `Made as ${handle}`;
  const mutation = `mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }`;
  for (let again = 0; ; again++) {
    const input = {
      handle: `${handle}-${again}`,
      status: "published",
      translations: [{ locale: "en", title }],
      variants: [{ sku: `${handle}-${again}`, prices: [{ currency: "EUR", amount: 1_000 }] }],
    };
    const answer = await attempt<{ createProduct: { id: string } }>(mutation, { input });
    if (answer) {
      confirmed.set(answer.createProduct.id, title);
      return answer.createProduct.id;
    }
  }
}

/** The answer, or undefined when the server died over it and nobody knows whether it was done. */
async function attempt<Data>(
  query: string,
  variables: Record<string, unknown>,
  done?: () => void,
): Promise<Data | undefined> {
  try {
    const response = await fetch(`${rustok.url}/api/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    answered += 1;
    done?.();
    return data;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) {
      await rest(50);
      return undefined;
    }
    throw error;
  }
}

/** What is wrong once everything has come to rest. */
async function findings() {
  const embedded = await startEmbeddedPostgres({ directory: rustok.home });
  const owner = new pg.Client({ connectionString: embedded.url });
  await owner.connect();
  const { entities } = assemble(modules);
  const db = await openDatabase({ url: embedded.url, poolSize: 2, entities });
  try {
    await until(async () => (await unfinished(owner)) === 0, 60_000);
    const tenant = await findTenant(db, { slug: "demo" });
    if (!tenant) throw new Error("The demo shop is gone.");
    return {
      deadLetters: await deadLetters(owner),
      differences: await Array.fromAsync(verify(systemContext(db, tenant, createLog("warn")))),
      revisionsWithoutEvent: await revisionsWithoutEvent(owner),
      eventsWithoutRevision: await eventsWithoutRevision(owner),
      lost: await lost(owner),
    };
  } finally {
    await db.close();
    await owner.end();
    await embedded.stop();
  }
}

/** Products that are not as the server last confirmed them. */
async function lost(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ id: string; title: string }>(
    "select product_id as id, title from product_translations where locale = 'en'",
  );
  const titles = new Map(rows.map(({ id, title }) => [id, title]));
  return [...confirmed]
    .filter(([id, title]) => (titles.get(id) ?? null) !== title)
    .map(([id]) => id);
}

const unfinished = (owner: pg.Client) =>
  number(
    owner,
    `select (select count(*) from sys_events where dispatched_at is null)
          + (select count(*) from bullmq.job
            where scheduler_id is null and state not in ('completed', 'failed')) as n`,
  );

const deadLetters = (owner: pg.Client) =>
  number(owner, "select count(*) as n from bullmq.job where state = 'failed'");

async function number(owner: pg.Client, sql: string): Promise<number> {
  return Number((await owner.query<{ n: string }>(sql)).rows[0]?.n);
}

/** Every revision of a product, from 1 to the one it is at or was deleted at, was announced by an event. */
async function revisionsWithoutEvent(owner: pg.Client): Promise<unknown[]> {
  const { rows } = await owner.query(`
    with reached as (
      select id, revision from products
      union all
      select aggregate_id, revision from tombstones where kind = 'product'
    )
    select r.id, n from reached r, generate_series(1, r.revision) n
    where not exists (select from sys_events e where e.aggregate_id = r.id and e.revision = n)`);
  return rows;
}

/** No event speaks of a revision that its product never came to. */
async function eventsWithoutRevision(owner: pg.Client): Promise<unknown[]> {
  const { rows } = await owner.query(`
    select e.aggregate_id, e.type, e.revision from sys_events e
    where e.type like 'product.%'
      and e.revision > coalesce(
        (select revision from products where id = e.aggregate_id),
        (select revision from tombstones where aggregate_id = e.aggregate_id),
        0)`);
  return rows;
}

async function until(holds: () => boolean | Promise<boolean>, timeoutMs = 240_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error("It did not come to that in time.");
    await rest(20);
  }
}
