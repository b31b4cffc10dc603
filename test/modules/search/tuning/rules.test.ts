import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { eventsOf, installation } from "#test/installation";
import { onSale, published } from "../a-catalogue.ts";
import { edit, limited, refusal, visit } from "../an-editor.ts";

const { anEditor } = await installation();

type Rule = Record<string, unknown> & { id: string; revision: number };
const fields = "id revision kind locale query pinned hidden startsAt endsAt active";
const create = `mutation ($input: CreateSearchRuleInput!) {
  rule: createSearchRule(input: $input) { ${fields} }
}`;
const update = `mutation ($input: UpdateSearchRuleInput!) {
  rule: updateSearchRule(input: $input) { ${fields} }
}`;
const remove = "mutation ($id: Id!) { deleted: deleteSearchRule(input: { id: $id }) }";

const inputOf = (given: object) => ({ input: { kind: "PRODUCTS", query: "mug", ...given } });
const made = async (ctx: RequestContext, given: object) =>
  (await edit<{ rule: Rule }>(ctx, create, inputOf(given))).rule;
const changed = async (ctx: RequestContext, input: object) =>
  (await edit<{ rule: Rule }>(ctx, update, { input })).rule;

/** The titles of the products that a visitor finds. */
async function found(ctx: RequestContext, query = "mug", locale = "en"): Promise<string[]> {
  const { products } = await visit<{ products: { edges: { node: { title: string } }[] } }>(
    ctx,
    `query ($query: String!, $locale: String) {
      products: searchProducts(query: $query, locale: $locale) { edges { node { title } } }
    }`,
    { query, locale },
  );
  return products.edges.map(({ node }) => node.title);
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

async function aShelf() {
  const ctx = await anEditor();
  const mug = await onSale(ctx, { title: "Mug" });
  const blue = await onSale(ctx, { title: "Blue mug" });
  const tea = await onSale(ctx, { title: "Tea" });
  return { ctx, mug, blue, tea };
}

test("what is pinned comes first in its order, what is hidden is gone, from the next search on", async () => {
  const { ctx, mug, blue, tea } = await aShelf();
  expect(await found(ctx)).toEqual(["Mug", "Blue mug"]);
  const rule = await made(ctx, { query: "  MUG ", pinned: [tea, blue], hidden: [mug] });
  expect(rule).toEqual({
    id: rule.id,
    revision: 1,
    kind: "PRODUCTS",
    locale: null,
    query: "mug",
    pinned: [tea, blue],
    hidden: [mug],
    startsAt: null,
    endsAt: null,
    active: true,
  });
  expect(await found(ctx)).toEqual(["Tea", "Blue mug"]);
  expect(await found(ctx, " Mug  ")).toEqual(["Tea", "Blue mug"]);
  expect(await found(ctx, "mugs")).toEqual(["Mug", "Blue mug"]);

  await changed(ctx, { id: rule.id, pinned: [blue], hidden: [] });
  expect(await found(ctx)).toEqual(["Blue mug", "Mug"]);
  await edit(ctx, remove, { id: rule.id });
  expect(await found(ctx)).toEqual(["Mug", "Blue mug"]);
  expect((await eventsOf(ctx)).filter(({ type }) => type.startsWith("search."))).toEqual(
    ["created", "updated", "deleted"].map((what, i) => ({
      type: `search.rule-${what}`,
      payload: { ruleId: rule.id, revision: i + 1 },
    })),
  );
});

test("a rule for content is none for products", async () => {
  const { ctx } = await aShelf();
  const first = await published(ctx, "Mug");
  const second = await published(ctx, "Mug care");
  await made(ctx, { kind: "CONTENT", pinned: [second], hidden: [first] });
  expect(await found(ctx)).toEqual(["Mug", "Blue mug"]);
  const { content } = await visit<{ content: { edges: { node: { id: string } }[] } }>(
    ctx,
    `{ content: searchContent(query: "mug") { edges { node { id } } } }`,
  );
  expect(content.edges).toEqual([{ node: { id: second } }]);
});

test("the rule of a locale goes before the one for all", async () => {
  const { ctx, mug, blue } = await aShelf();
  await made(ctx, { hidden: [mug] });
  await made(ctx, { locale: "de", hidden: [blue] });
  expect(await found(ctx, "mug", "en")).toEqual(["Blue mug"]);
  expect(await found(ctx, "mug", "de")).toEqual(["Mug"]);
});

test("a rule holds from its first moment until its last, and no longer", async () => {
  const { ctx, mug } = await aShelf();
  const over = await made(ctx, { hidden: [mug], endsAt: inDays(-1) });
  const later = await made(ctx, { hidden: [mug], startsAt: inDays(1), endsAt: inDays(2) });
  expect([over.active, later.active]).toEqual([false, false]);
  expect(await found(ctx)).toEqual(["Mug", "Blue mug"]);
  const now = await changed(ctx, { id: later.id, startsAt: inDays(-1) });
  expect(now.active).toBe(true);
  expect(await found(ctx)).toEqual(["Blue mug"]);
});

test("two rules for one query hold at different times, or are for different kinds and locales", async () => {
  const { ctx, mug } = await aShelf();
  const [monday, tuesday, friday] = [inDays(1), inDays(2), inDays(5)];
  await made(ctx, { startsAt: monday, endsAt: tuesday });
  const next = await made(ctx, { startsAt: tuesday, endsAt: friday });
  for (const overlapping of [
    { startsAt: inDays(1.5), endsAt: inDays(9) },
    { endsAt: inDays(1.1) },
    { startsAt: inDays(4) },
    {},
  ]) {
    expect((await refusal(ctx, create, inputOf(overlapping))).code).toBe("CONFLICT");
  }
  expect((await refusal(ctx, update, { input: { id: next.id, startsAt: null } })).code).toBe(
    "CONFLICT",
  );
  await made(ctx, { locale: "en" });
  await made(ctx, { kind: "CONTENT" });
  await made(ctx, { query: "mugs" });
  await made(await anEditor(), {});
  expect((await refusal(ctx, create, inputOf({ locale: "en", hidden: [mug] }))).code).toBe(
    "CONFLICT",
  );
});

test("every fault is told at once, with its place", async () => {
  const { ctx, mug } = await aShelf();
  // One moment: of two, the later might be a millisecond after the first.
  const tomorrow = inDays(1);
  const faulty = {
    locale: "no locale!",
    query: "  ",
    pinned: [mug, mug],
    hidden: [mug],
    startsAt: tomorrow,
    endsAt: tomorrow,
  };
  const expected = ["locale", "query", "pinned.0", "pinned.1", "endsAt"];
  const { code, issues } = await refusal(ctx, create, inputOf(faulty));
  expect(code).toBe("BAD_USER_INPUT");
  expect(new Set(issues)).toEqual(new Set(expected));

  const { id } = await made(ctx, {});
  const changing = await refusal(ctx, update, { input: { id, ...faulty } });
  expect(new Set(changing.issues)).toEqual(new Set(expected));

  const ids = (length: number) => Array.from({ length }, newId);
  const long = { query: "x".repeat(201), pinned: ids(51), hidden: ids(201) };
  expect((await refusal(ctx, create, inputOf(long))).issues).toEqual(["query", "pinned", "hidden"]);
});

test("what a change leaves does not have to go with what it gives", async () => {
  const { ctx, mug } = await aShelf();
  const { id } = await made(ctx, { pinned: [mug], endsAt: inDays(1) });
  for (const [given, place] of [
    [{ hidden: [mug] }, "pinned.0"],
    [{ startsAt: inDays(2) }, "endsAt"],
  ] as const) {
    const { code, issues } = await refusal(ctx, update, { input: { id, ...given } });
    expect([code, issues]).toEqual(["BAD_USER_INPUT", [place]]);
  }
  expect(await found(ctx)).toEqual(["Mug", "Blue mug"]);
});

test("only the tenant's own things of the rule's kind can be named; what is deleted later is passed over", async () => {
  const { ctx, mug, blue } = await aShelf();
  const elsewhere = await aShelf();
  const post = await published(ctx, "Mug");
  const { code, issues } = await refusal(
    ctx,
    create,
    inputOf({ pinned: [mug, elsewhere.mug], hidden: [post, newId()] }),
  );
  expect([code, issues]).toEqual(["BAD_USER_INPUT", ["pinned.1", "hidden.0", "hidden.1"]]);

  const { id } = await made(ctx, { pinned: [blue, mug] });
  await edit(ctx, "mutation ($id: Id!) { deleteProduct(input: { id: $id }) }", { id: blue });
  const after = await changed(ctx, { id, endsAt: inDays(1) });
  expect(after.pinned).toEqual([blue, mug]);
});

test("rules are listed by page and filter", async () => {
  const { ctx } = await aShelf();
  for (const query of ["tea", "mug", "coffee"]) await made(ctx, { query });
  await made(ctx, { kind: "CONTENT", query: "mug", locale: "de" });
  const list = `query ($filter: SearchRuleFilter, $first: Int, $after: String) {
    rules: searchRules(filter: $filter, first: $first, after: $after) {
      totalCount edges { node { query kind } } pageInfo { hasNextPage endCursor }
    }
  }`;
  type Page = {
    rules: {
      totalCount: number;
      edges: { node: { query: string; kind: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  };
  const page = async (variables: object) => {
    const { rules } = await edit<Page>(ctx, list, { ...variables });
    return { ...rules, queries: rules.edges.map(({ node }) => node.query) };
  };
  const first = await page({ first: 2 });
  expect(first).toMatchObject({ totalCount: 4, queries: ["coffee", "mug"] });
  const second = await page({ first: 2, after: first.pageInfo.endCursor });
  expect(second).toMatchObject({ queries: ["mug", "tea"], pageInfo: { hasNextPage: false } });
  expect((await page({ filter: { kind: "CONTENT" } })).queries).toEqual(["mug"]);
  expect((await page({ filter: { query: { contains: "e" } } })).queries).toEqual(["coffee", "tea"]);
  expect((await page({ filter: { locale: { eq: "de" } } })).queries).toEqual(["mug"]);
});

test("a stale revision is a conflict, what is not there is not found, and permissions are needed", async () => {
  const { ctx } = await aShelf();
  const { id } = await made(ctx, {});
  await changed(ctx, { id, revision: 1, query: "cup" });
  const stale = { input: { id, revision: 1, query: "tea" } };
  expect((await refusal(ctx, update, stale)).code).toBe("CONFLICT");
  expect((await refusal(ctx, update, { input: { id: newId() } })).code).toBe("NOT_FOUND");
  const stranger = await anEditor();
  expect((await refusal(stranger, remove, { id })).code).toBe("NOT_FOUND");
  const reader = limited(ctx, "search:read");
  expect((await refusal(reader, create, inputOf({ query: "tea" }))).code).toBe("FORBIDDEN");
  expect((await refusal(reader, remove, { id })).code).toBe("FORBIDDEN");
  const list = "{ searchRules { edges { node { id query } } } }";
  expect(await edit(reader, list)).toEqual({
    searchRules: { edges: [{ node: { id, query: "cup" } }] },
  });
  expect((await refusal(limited(ctx, "search:write"), list)).code).toBe("FORBIDDEN");
});
