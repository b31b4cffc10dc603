import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { settled, startBackground } from "#test/background";
import { eventsOf, installation } from "#test/installation";
import { server } from "#test/server";
import { tuned } from "../../../src/modules/search/tuned.ts";

const client = await server();
const { anEditor } = await installation();

const fields = "kind locale synonyms stopWords ranking revision updatedBy";

async function edit(
  ctx: RequestContext,
  input: Record<string, unknown>,
  permissions = ["search:read", "search:write"],
) {
  const token = await client.tokenFor({
    ...ctx,
    actor: {
      ...(ctx.actor as { kind: "user"; userId: string }),
      permissions: new Set(permissions),
    },
  });
  return client.graphql<{ updateSearchSettings: Record<string, unknown> }>(
    ctx.tenant,
    `mutation ($input: UpdateSearchSettingsInput!) { updateSearchSettings(input: $input) { ${fields} } }`,
    { input: { kind: "PRODUCTS", locale: "en", ...input } },
    token,
  );
}

async function read(ctx: RequestContext, kind = "PRODUCTS", locale = "en") {
  const { data, errors } = await client.graphql<{ searchSettings: Record<string, unknown> }>(
    ctx.tenant,
    `query ($kind: SearchKind!, $locale: String!) { searchSettings(kind: $kind, locale: $locale) { ${fields} } }`,
    { kind, locale },
    await client.tokenFor(ctx),
  );
  expect(errors).toBeUndefined();
  return data.searchSettings;
}

const asTuned = (ctx: RequestContext, kind: "products" | "content" = "products", locale = "en") =>
  tuned(ctx, kind, { locale, query: "sofa" });

test("until something is set, the defaults hold", async () => {
  const ctx = await anEditor();
  const nothing = { locale: "en", synonyms: [], stopWords: [], revision: 0, updatedBy: null };
  expect(await read(ctx)).toEqual({
    ...nothing,
    kind: "PRODUCTS",
    ranking: ["BOOST", "STOCK", "RECENCY"],
  });
  expect(await read(ctx, "CONTENT")).toEqual({ ...nothing, kind: "CONTENT", ranking: ["RECENCY"] });
});

test("what is set is trimmed, in lower case, and holds for the next search of that kind and locale", async () => {
  const ctx = await anEditor();
  const before = (await asTuned(ctx)).tuning;
  const { data, errors } = await edit(ctx, {
    synonyms: [["Sofa", "  Love  Seat "]],
    stopWords: [" The "],
    ranking: ["SALES", "STOCK"],
  });
  expect(errors).toBeUndefined();
  const set = {
    kind: "PRODUCTS",
    locale: "en",
    synonyms: [["sofa", "love seat"]],
    stopWords: ["the"],
    ranking: ["SALES", "STOCK"],
    revision: 1,
    updatedBy: (ctx.actor as { userId: string }).userId,
  };
  expect(data.updateSearchSettings).toEqual(set);
  expect(await read(ctx)).toEqual(set);
  expect((await asTuned(ctx)).tuning).toEqual({
    synonyms: [["sofa", "love seat"]],
    stopWords: ["the"],
    ranking: ["sales", "stock"],
  });
  expect((await asTuned(ctx, "products", "de")).tuning).toEqual(before);
  expect((await asTuned(ctx, "content")).tuning.synonyms).toEqual([]);
  expect((await asTuned(await anEditor())).tuning).toEqual(before);
});

test("what is left out stays, and a change that changes nothing is none", async () => {
  const ctx = await anEditor();
  await edit(ctx, { stopWords: ["the"], ranking: [] });
  const { data } = await edit(ctx, { synonyms: [["mug", "cup"]] });
  const now = { synonyms: [["mug", "cup"]], stopWords: ["the"], ranking: [], revision: 2 };
  expect(data.updateSearchSettings).toMatchObject(now);
  expect((await edit(ctx, { stopWords: ["The"] })).data.updateSearchSettings).toMatchObject(now);
  expect(await eventsOf(ctx)).toEqual(
    [1, 2].map(() => ({
      type: "search.settings-updated",
      payload: { kind: "products", locale: "en" },
    })),
  );
});

test("who read an older state is told so, and two who set something for the first time take turns", async () => {
  const ctx = await anEditor();
  const both = await Promise.all([
    edit(ctx, { stopWords: ["a"], revision: 0 }),
    edit(ctx, { stopWords: ["the"], revision: 0 }),
  ]);
  const codes = both.map(({ errors }) => errors?.[0]?.extensions.code);
  expect(codes.toSorted()).toEqual(["CONFLICT", undefined]);
  expect((await read(ctx)).revision).toBe(1);
});

test("every fault is told at once, with its place, and nothing is set", async () => {
  const ctx = await anEditor();
  const { errors } = await edit(ctx, {
    kind: "CONTENT",
    locale: "fr",
    synonyms: [
      ["alone"],
      ["Twice", "twice "],
      ["  ", "x".repeat(101)],
      Array.from({ length: 21 }, (_, i) => `w${i}`),
    ],
    stopWords: ["two words", "the", "THE"],
    ranking: ["STOCK", "RECENCY", "RECENCY"],
    revision: -1,
  });
  expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  const issues = errors?.[0]?.extensions.issues as { path: unknown[]; message: string }[];
  expect(issues.map(({ path }) => path.join(".")).toSorted()).toEqual([
    "locale",
    "ranking.0",
    "ranking.2",
    "revision",
    "stopWords.0",
    "stopWords.2",
    "synonyms.0",
    "synonyms.1.1",
    "synonyms.2.0",
    "synonyms.2.1",
    "synonyms.3",
  ]);
  expect(await eventsOf(ctx)).toEqual([]);
  expect((await read(ctx, "CONTENT")).revision).toBe(0);
});

test("lists are bounded", async () => {
  const ctx = await anEditor();
  const many = (length: number) => Array.from({ length }, (_, i) => `word${i}`);
  const pairs = (length: number) => many(length).map((word) => [word, `${word}s`]);
  const over = await edit(ctx, { synonyms: pairs(1_001), stopWords: many(1_001) });
  const issues = over.errors?.[0]?.extensions.issues as { path: unknown[] }[];
  expect(issues.map(({ path }) => path)).toEqual([["synonyms"], ["stopWords"]]);
  const full = await edit(ctx, { synonyms: pairs(1_000), stopWords: many(1_000) });
  expect(full.errors).toBeUndefined();
});

test("setting needs search:write, reading search:read", async () => {
  const ctx = await anEditor();
  const refused = await edit(ctx, { stopWords: ["the"] }, ["search:read"]);
  expect(refused.errors?.[0]?.extensions).toEqual({
    code: "FORBIDDEN",
    permission: "search:write",
  });
  expect((await read(ctx)).revision).toBe(0);
  const visitor = await client.graphql(
    ctx.tenant,
    `{ searchSettings(kind: PRODUCTS, locale: "en") { revision } }`,
  );
  expect(visitor.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

test("the engine is told of a change by a job, one for all changes of a kind", async () => {
  const { owner } = await installation();
  const ctx = await anEditor();
  await edit(ctx, { stopWords: ["the"] });
  await edit(ctx, { locale: "de", stopWords: ["der"] });
  await edit(ctx, { kind: "CONTENT", stopWords: ["a"] });
  await edit(ctx, { locale: "de", stopWords: ["der"] });
  const background = await startBackground();
  await settled();
  await background.stop();
  const { rows } = await owner.query(
    `select data -> 'payload' as payload, state from bullmq.job
     where data ->> 'tenantId' = $1 order by 1`,
    [ctx.tenant.id],
  );
  expect(rows).toEqual(
    ["content", "products"].map((kind) => ({ payload: { kind }, state: "completed" })),
  );
});
