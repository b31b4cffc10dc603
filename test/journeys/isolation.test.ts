import { beforeAll, expect, test, vi } from "vitest";
import { operations } from "#kernel/graphql/schema";
import { newId } from "#kernel/ids";
import { recorderOf } from "#modules/search";
import { settled, startBackground } from "#test/background";
import { installation, theSchema } from "#test/installation";
import { server } from "#test/server";
import { mutations, queries } from "./isolation/attacks.ts";
import { filledPlaces, placesOfIds } from "./isolation/operation.ts";
import { codeOf, leaks, queryAttacksOn, send, tellTalesOf, trespasses } from "./isolation/sweep.ts";
import {
  allRowsOf,
  aTwin,
  email,
  passwordOf,
  tuneSearch,
  type Twin,
} from "./isolation/twin-shop.ts";
import { forgetFilter, forgetTenantInFunctions, openPolicies } from "./isolation/walls.ts";

const { db, owner } = await installation();
const client = await server();
const schema = await theSchema();
const background = await startBackground();

let ours: Twin;
let theirs: Twin;

beforeAll(async () => {
  ours = await aTwin("Alderwick");
  theirs = await aTwin("Birchmoor");
  // Of one shop alone: settings have no name that would tell whose they are.
  await tuneSearch(theirs);
  // What the attackers type is the other's words: a shop would see those among what it was searched for.
  vi.spyOn(recorderOf(theirs.editor), "note").mockImplementation(() => {});
  await settled();
});

test("every operation of the schema, and every id it takes, is in the table of attacks", () => {
  const given = (name: string) =>
    queries[name]?.(ours) ?? (mutations[name] && [{ input: mutations[name](ours.ids) }]);
  const missing = operations(schema).flatMap((operation) => {
    const values = given(operation.name);
    if (!values) return [`${operation.name}: say in isolation/attacks.ts how it is attacked`];
    const filled = filledPlaces(values);
    return placesOfIds(operation)
      .filter((place) => !filled.includes(place))
      .map((place) => `${operation.name}: give an id as ${place} in isolation/attacks.ts`);
  });
  expect(missing).toEqual([]);
});

test("each attack shows a shop its own things, so it would find them", async () => {
  const shows = await tellTalesOf(theirs);
  for (const attack of await queryAttacksOn(theirs)) {
    const { data, errors } = await send(attack, theirs, theirs.token);
    expect({ errors, found: shows(data) }, JSON.stringify(attack)).toEqual({ found: true });
  }
});

test("no query shows one shop anything of the other", async () => {
  expect(await leaks(theirs, ours)).toEqual([]);
});

test("nor does it where a developer forgets the filter", async () => {
  const remember = forgetFilter();
  try {
    expect(await leaks(theirs, ours)).toEqual([]);
  } finally {
    remember();
  }
});

test("a third shop with the same handles and words opens, and no answer changes, no count either", async () => {
  const attacks = await queryAttacksOn(theirs);
  const answers = async () => {
    const all: unknown[] = [];
    for (const attack of attacks) all.push(await send(attack, ours, ours.token));
    return all;
  };
  const before = await answers();
  await aTwin(theirs.word);
  await settled();
  expect(await answers()).toEqual(before);
});

test("the other shop's token opens nothing here", async () => {
  for (const { name } of operations(schema)) {
    const values = queries[name]?.(ours)[0] ?? { input: mutations[name]?.(ours.ids) };
    const answer = await send({ name, values }, ours, theirs.token);
    expect([codeOf(answer), answer.data], name).toEqual(["UNAUTHENTICATED", undefined]);
  }
});

test("one address signs in to each of its shops with that shop's password alone", async () => {
  const statusWith = async (password: string) => {
    const response = await client.fetch("/api/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json", "x-tenant-id": ours.editor.tenant.id },
      body: JSON.stringify({ email, password }),
    });
    return response.status;
  };
  expect(await statusWith(passwordOf(theirs))).toBe(401);
  expect(await statusWith(passwordOf(ours))).toBe(200);
});

/** With arguments that find something; the tenant is $1. */
const functionsThatSeeAllRows: Record<string, string> = {
  did_you_mean: "$1, 'en', 'brichmoor'",
  search_content: `$1, '{"locale": "en", "first": 20, "sort": "newest"}'`,
  search_labels: "$1, 'product', 'en', '{lamps}', '{light}', '{ann}'",
  search_products: `$1, '{"locale": "en", "first": 20, "sort": "newest"}'`,
  search_rule: "$1, 'products', 'en', 'lamp'",
  search_tuning: "$1, 'products', 'en'",
  storefront_menu: "$1, 'en', 'main'",
  storefront_node: "$1, 'en', 'post', 'hello'",
  storefront_page: "$1, 'en', '/about'",
  storefront_product: "$1, 'en', 'lamp'",
  suggest_categories: "$1, 'en', 'lamps', 5",
  suggest_queries: "$1, 'en', '', 5",
  suggest_words: "$1, 'en', 'birch', 5",
};
/** Asked before there is a tenant: of the table of tenants alone, and which modules one does without. */
const doorkeepers = ["all_tenant_ids", "disabled_modules", "find_tenant"];
/** Asked by the operator and by jobs, of all tenants at once: ids and numbers, and nothing of what they stand for. */
const overseers = [
  "analyze_search_documents",
  "drift_by_kind",
  "forget_old_steps",
  "lag_by_tenant",
  "next_patrol",
  "search_place",
  "touch_search_documents",
];

test("functions that see the rows of all take the tenant first, and find nothing for one that is not there", async () => {
  const { rows: functions } = await owner.query<{ name: string; first: string }>(
    `select proname as name, proargtypes[0]::regtype::text as first from pg_proc
     where prosecdef and not proname = any ($1) order by 1`,
    [[...doorkeepers, ...overseers]],
  );
  const known = Object.keys(functionsThatSeeAllRows);
  expect(functions).toEqual(known.map((name) => ({ name, first: "uuid" })));

  const shows = await tellTalesOf(theirs);
  for (const [name, given] of Object.entries(functionsThatSeeAllRows)) {
    const ask = async (tenant: string) => {
      const { rows } = await db.pool.query<{ answer: { hits?: unknown[] } | null }>(
        `select to_jsonb(found) as answer from ${name}(${given}) found`,
        [tenant],
      );
      return rows.flatMap(({ answer }) => answer?.hits ?? (answer === null ? [] : [answer]));
    };
    expect(shows(await ask(theirs.editor.tenant.id)), name).toBe(true);
    expect(await ask(newId()), name).toEqual([]);
  }
});

test("no mutation reaches the other shop's things, not even where the filter is forgotten", async () => {
  const before = await allRowsOf(theirs);
  const remember = forgetFilter();
  const { accepted, failedAtHome } = await trespasses(theirs, ours);
  await settled();
  remember();
  expect(accepted).toEqual([]);
  expect(await allRowsOf(theirs)).toBe(before);
  // With a shop's own ids they all do their work, but for the deletion of what is in use.
  expect(failedAtHome).toEqual({ deleteAuthor: "CONFLICT", deleteStockLocation: "CONFLICT" });
});

test("the control: without walls every query is caught, and every mutation of something there is", async () => {
  const raider = await aTwin("Cranefield");
  await settled();
  await background.stop();
  forgetFilter();
  await openPolicies();
  await forgetTenantInFunctions();
  const names = (attacks: { name: string }[]) => new Set(attacks.map(({ name }) => name));
  const asked = Object.keys(queries).filter((name) => queries[name]?.(theirs).length);
  expect(names(await leaks(theirs, raider))).toEqual(new Set(asked));
  // What is created can only refer to another shop's things, and keys between the tables still refuse
  // that, but of a rule's lists, as they do of sales; what takes no id is about the caller's own shop.
  const changes = operations(schema)
    .filter((operation) => operation.name in mutations && placesOfIds(operation).length > 0)
    .map(({ name }) => name)
    .filter((name) => name === "createSearchRule" || !/^(create|submit|recordSales$)/.test(name));
  expect(names((await trespasses(theirs, raider)).accepted)).toEqual(new Set(changes));
});
