import { beforeAll, expect, test } from "vitest";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { install, type Installed } from "#test/process";
import { type Administrator, signIn } from "./an-administrator.ts";
import { holdUpProjections, overtaking } from "./hold-up-projections.ts";
import { anOnlooker, type Onlooker, rest, until } from "./onlooker.ts";
import { reachQueues } from "./reach-queues.ts";

const kills = 20;
const mutations = 2_000;
const editors = 6;

let rustok: Installed;
let databaseUrl: string;
let administrator: Administrator;
let onlooker: Onlooker;
/** How many mutations the server has answered. */
let answered = 0;
const isOver = () => answered >= mutations;
/** The last title that the server confirmed, or null for a product it confirmed as deleted. */
const confirmed = new Map<string, string | null>();

beforeAll(async () => {
  rustok = await install({ env: overtaking });
  administrator = await signIn(rustok, await rustok.start());
  databaseUrl = (await startEmbeddedPostgres({ directory: rustok.home })).url;
  onlooker = await anOnlooker(databaseUrl);
}, 300_000);

test(`${kills} kills during ${mutations} mutations lose nothing and leave no trace of what was rolled back`, async () => {
  await reachQueues(databaseUrl).pausePatrol();
  const killer = (async () => {
    for (let kill = 1; kill <= kills; kill++) {
      // The next moment comes when its share of the mutations is done, wherever the server is then.
      await until(() => answered >= ((kill - 0.5 + Math.random()) / (kills + 1)) * mutations);
      await rustok.end("SIGKILL");
      await rustok.start();
    }
  })();
  const anchor = await createProduct("anchor");
  const disturber = holdUpProjections(databaseUrl, anchor, isOver);
  const ids = await Promise.all(
    Array.from({ length: editors }, (_, n) => createProduct(`start-${n}`)),
  );
  await Promise.all(
    ids.map(async (first, editor) => {
      let id = first;
      for (let turn = 1; !isOver(); turn++) id = await change(id, editor, turn);
    }),
  );
  await killer;
  await disturber;
  await onlooker.rest(60_000);
  expect(await findings()).toEqual({
    failed: [],
    differences: [],
    revisionsWithoutEvent: [],
    eventsWithoutRevision: [],
    lost: [],
  });
  expect(confirmed.size).toBeGreaterThan(100);
}, 600_000);

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
  const data = await administrator.attempt<Data>(query, variables);
  if (data) {
    answered += 1;
    done?.();
  } else await rest(200);
  return data;
}

/** What is wrong once everything has come to rest. */
const findings = async () => ({
  failed: await onlooker.failed(),
  differences: await onlooker.differences(),
  revisionsWithoutEvent: await revisionsWithoutEvent(),
  eventsWithoutRevision: await eventsWithoutRevision(),
  lost: await lost(),
});

/** Products that are not as the server last confirmed them. */
async function lost(): Promise<string[]> {
  const rows = await onlooker.query<{ id: string; title: string }>(
    "select product_id as id, title from product_translations where locale = 'en'",
  );
  const titles = new Map(rows.map(({ id, title }) => [id, title]));
  return [...confirmed]
    .filter(([id, title]) => (titles.get(id) ?? null) !== title)
    .map(([id]) => id);
}

/** Every revision of a product, from 1 to the one it is at or was deleted at, was announced by an event. */
function revisionsWithoutEvent(): Promise<unknown[]> {
  return onlooker.query(`
    with reached as (
      select id, revision from products
      union all
      select aggregate_id, revision from tombstones where kind = 'product'
    )
    select r.id, n from reached r, generate_series(1, r.revision) n
    where not exists (select from sys_events e where e.aggregate_id = r.id and e.revision = n)`);
}

/** No event speaks of a revision that its product never came to. */
function eventsWithoutRevision(): Promise<unknown[]> {
  return onlooker.query(`
    select e.aggregate_id, e.type, e.revision from sys_events e
    where e.type like 'product.%'
      and e.revision > coalesce(
        (select revision from products where id = e.aggregate_id),
        (select revision from tombstones where aggregate_id = e.aggregate_id),
        0)`);
}
