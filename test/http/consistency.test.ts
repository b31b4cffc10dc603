import { SignJWT } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { issueConsistencyToken } from "#kernel/consistency/token";
import type { Tenant } from "#kernel/context";
import { newId } from "#kernel/ids";
import { recordStep } from "#kernel/jobs/steps";
import { refreshProducts } from "#modules/index";
import { postgresEngine, type SearchEngine } from "#modules/search";
import { installation } from "#test/installation";
import { facts, type GraphQLAnswer, server } from "#test/server";
import { aShop, type Shop } from "#test/shop";
import { searchWith } from "../../src/modules/search/engines.ts";

// Neither relay nor worker runs.
const { db, owner } = await installation();
const client = await server();
const { secret } = await facts();

let shop: Shop;
let bearer: string;
beforeEach(async () => {
  shop = await aShop();
  bearer = await client.tokenFor(shop.editor);
});

interface Reply<Data> extends GraphQLAnswer<Data> {
  status: number;
  header: string | null;
  extensions?: { consistencyToken?: string; consistent?: boolean };
}

async function send<Data>(
  query: string,
  variables: Record<string, unknown>,
  headers: Record<string, string>,
  { id }: Tenant = shop.editor.tenant,
): Promise<Reply<Data>> {
  const response = await client.fetch("/api/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant-id": id, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { status } = response;
  const header = response.headers.get("x-consistency-token");
  return { ...((await response.json()) as Reply<Data>), status, header };
}

/** Changes something as the editor, and answers the token. */
async function change(query: string, input: Record<string, unknown>): Promise<string> {
  const { errors, header } = await send(query, { input }, { authorization: `Bearer ${bearer}` });
  expect(errors).toBeUndefined();
  return header ?? "";
}

interface Seen {
  product: { title: string; tags: { name: string }[] } | null;
  products: { edges: { node: { title: string } }[] };
}

const shown = (token?: string): Record<string, string> =>
  token === undefined ? {} : { "x-consistency-token": token };

/** What a visitor with the token sees, or one with none. */
const see = (token?: string): Promise<Reply<Seen>> =>
  send(
    `{ product(handle: "shirt") { title tags { name } } products { edges { node { title } } } }`,
    {},
    shown(token),
  );
const titles = ({ data }: Reply<Seen>) => [
  data.product?.title,
  ...data.products.edges.map(({ node }) => node.title),
];

const create = "mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }";
const update = "mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }";
const aShirt = (tagIds: string[] = []) => ({
  handle: "shirt",
  status: "published",
  translations: [{ locale: "en", title: "Shirt" }],
  variants: [{}],
  tagIds,
});

async function idOfShirt(): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    "select id from products where tenant_id = $1",
    [shop.editor.tenant.id],
  );
  return rows[0]?.id ?? "";
}
const titled = async (title: string) => ({
  id: await idOfShirt(),
  translations: [{ locale: "en", title }],
});

test("a mutation's answer carries the token, as a header and as an extension; a query's does not", async () => {
  const made = await send(create, { input: aShirt() }, { authorization: `Bearer ${bearer}` });
  expect(made.header).toMatch(/^eyJ/);
  expect(made.extensions).toEqual({ consistencyToken: made.header });
  const seen = await see();
  expect([seen.header, seen.extensions]).toEqual([null, undefined]);
});

test("who shows the token sees the change with relay and worker down; who does not, does not", async () => {
  const created = await change(create, aShirt());
  expect(titles(await see())).toEqual([undefined]);
  const seen = await see(created);
  expect([titles(seen), seen.extensions]).toEqual([["Shirt", "Shirt"], { consistent: true }]);

  const updated = await change(update, await titled("Blouse"));
  expect(titles(await see(created))).toEqual(["Shirt", "Shirt"]);
  expect(titles(await see(updated))).toEqual(["Blouse", "Blouse"]);
});

test("a change that other documents show is seen in those", async () => {
  const tag = await shop.create("Tag", { scope: "product", handle: "sale", name: "Sale" });
  await see(await change(create, aShirt([tag])));
  const renamed = await change(
    "mutation ($input: UpdateTagInput!) { updateTag(input: $input) { id } }",
    { id: tag, name: "Bargain" },
  );
  expect((await see()).data.product?.tags).toEqual([{ name: "Sale" }]);
  expect((await see(renamed)).data.product?.tags).toEqual([{ name: "Bargain" }]);
});

test("what was brought up to date once is not written again", async () => {
  const token = await change(create, aShirt());
  await Promise.all([see(token), see(token), see(token)]);
  const before = await versions();
  expect(titles(await see(token))).toEqual(["Shirt", "Shirt"]);
  expect(await versions()).toEqual(before);
  const { rows } = await owner.query(
    "select distinct job, attempts, failure from event_jobs where tenant_id = $1",
    [shop.editor.tenant.id],
  );
  expect(rows).toEqual([{ job: "index-products", attempts: 1, failure: null }]);
});

async function versions(): Promise<unknown[]> {
  const { rows } = await owner.query(
    "select locale, xmin::text from index_products where tenant_id = $1 order by locale",
    [shop.editor.tenant.id],
  );
  return rows;
}

test("where workers run, their work is waited for and not done twice", async () => {
  const token = await change(create, aShirt());
  const { rows: events } = await owner.query<{ id: string }>(
    "select id from sys_events where tenant_id = $1",
    [shop.editor.tenant.id],
  );
  await refreshProducts(shop.editor, [await idOfShirt()]);
  await withoutProjection(async () => {
    const seen = see(token);
    await recordStep(db, {
      tenantId: shop.editor.tenant.id,
      job: "index-products",
      eventIds: events.map(({ id }) => id),
      tookMs: 5,
      attempt: 1,
    });
    expect(await seen).toMatchObject({ extensions: { consistent: true } });
    expect(titles(await seen)).toEqual(["Shirt", "Shirt"]);
  });
});

/** Nobody can project a product while `work` runs. */
async function withoutProjection(work: () => Promise<void>): Promise<void> {
  await owner.query("alter function project_products(uuid[]) rename to mislaid");
  try {
    await work();
  } finally {
    await owner.query("alter function mislaid(uuid[]) rename to project_products");
  }
}

test("what cannot be brought up to date is answered as it is, and says so", async () => {
  await see(await change(create, aShirt()));
  const token = await change(update, await titled("Blouse"));
  await withoutProjection(async () => {
    const seen = await see(token);
    expect([titles(seen), seen.extensions]).toEqual([["Shirt", "Shirt"], { consistent: false }]);
  });
});

test("a mutation with a token waits for nothing", async () => {
  const token = await change(create, aShirt());
  const input = await titled("Blouse");
  const headers = { authorization: `Bearer ${bearer}`, "x-consistency-token": token };
  expect((await send(update, { input }, headers)).errors).toBeUndefined();
  // Nor has it brought anything up to date.
  expect(titles(await see())).toEqual([undefined]);
});

test("a token that is forged, too old, another tenant's or for something else is refused", async () => {
  const elsewhere = await aShop();
  const tenantId = shop.editor.tenant.id;
  const stranger = { tenantId: elsewhere.editor.tenant.id, requestId: newId() };
  const old = new SignJWT({ tenant: tenantId, request: newId() })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("rustok")
    .setAudience("consistency")
    .setExpirationTime(Math.floor(Date.now() / 1000) - 1)
    .sign(new TextEncoder().encode(secret));
  const good = await change(create, aShirt());
  const bad = {
    nonsense: "nonsense",
    forged: await issueConsistencyToken(
      { tenantId, requestId: newId() },
      "another secret, as long",
    ),
    tampered: good.replace(/\.[^.]+$/, ".AAAA"),
    foreign: await issueConsistencyToken(stranger, secret),
    signIn: bearer,
  };
  const refusal = (message: string) => ({
    status: 400,
    errors: [
      {
        message: `X-Consistency-Token: ${message}`,
        extensions: {
          code: "BAD_USER_INPUT",
          issues: [{ path: ["X-Consistency-Token"], message }],
        },
      },
    ],
  });
  for (const [what, token] of Object.entries(bad)) {
    expect(await see(token), what).toMatchObject(refusal("is not valid here"));
  }
  expect(await see(await old)).toMatchObject(refusal("has expired; leave it out"));
  const signedIn = await send(
    "{ adminProducts { totalCount } }",
    {},
    { authorization: `Bearer ${good}` },
  );
  expect(signedIn.errors?.[0]?.extensions["code"]).toBe("UNAUTHENTICATED");
});

/** An engine that is told apart by what it says of itself, and finds what PostgreSQL finds. */
function anotherEngine(): SearchEngine {
  const postgres = postgresEngine(db);
  return {
    ...postgres,
    searchProducts: async (tenant, search) => ({
      ...(await postgres.searchProducts(tenant, search)),
      engine: "meilisearch" as const,
    }),
  };
}

/** Which engine answers a search by a visitor with the token, or one with none. */
async function engineFor(token?: string): Promise<string> {
  const { data } = await send<{ searchProducts: { engine: string } }>(
    `{ searchProducts(query: "shirt") { engine } }`,
    {},
    shown(token),
  );
  return data.searchProducts.engine;
}

const engineHasEverything = () =>
  owner.query("update search_documents set done_version = version, done_at = now()");

afterEach(async () => {
  searchWith(db, postgresEngine(db));
  await owner.query("delete from search_engine");
});

test("a search engine that is behind is waited for, and then PostgreSQL answers in its place", async () => {
  searchWith(db, anotherEngine());
  await owner.query("insert into search_engine default values");
  const token = await change(create, aShirt());
  expect(await engineFor(token)).toBe("POSTGRESQL");
  // Who has shown no change does not wait for one.
  expect(await engineFor()).toBe("MEILISEARCH");

  await engineHasEverything();
  expect(await engineFor(token)).toBe("MEILISEARCH");
  // Others' documents that wait are not this change.
  await change(create, { ...aShirt(), handle: "trousers" }).then(see);
  expect(await engineFor(token)).toBe("MEILISEARCH");

  await engineHasEverything();
  await owner.query("update search_documents set refused_version = version");
  expect(await engineFor(token)).toBe("POSTGRESQL");
});

test("what has no document of its own is in the engine when all that waited at the time is", async () => {
  searchWith(db, anotherEngine());
  await owner.query("insert into search_engine default values");
  const tag = await shop.create("Tag", { scope: "product", handle: "sale", name: "Sale" });
  await see(await change(create, aShirt([tag])));
  await engineHasEverything();
  const renamed = await change(
    "mutation ($input: UpdateTagInput!) { updateTag(input: $input) { id } }",
    { id: tag, name: "Bargain" },
  );
  expect(await engineFor(renamed)).toBe("POSTGRESQL");
  await engineHasEverything();
  expect(await engineFor(renamed)).toBe("MEILISEARCH");
  // What changes later does not hold it up.
  await see(await change(update, await titled("Blouse")));
  expect(await engineFor(renamed)).toBe("MEILISEARCH");
});
