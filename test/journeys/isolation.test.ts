import { extendSchema, parse } from "graphql";
import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { operations } from "#kernel/graphql/schema";
import { newId } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { defineRoute } from "#kernel/rest/routes";
import { recorderOf } from "#modules/search";
import { installation, log, registry, theSchema } from "#test/installation";
import { server } from "#test/server";
import {
  aboutTheCaller,
  mutations,
  platformOperations,
  queries,
} from "../../src/commands/tenancy-verify/attacks.ts";
import { readEntities, watchFilters } from "../../src/commands/tenancy-verify/filters.ts";
import { openTables, raidTables } from "../../src/commands/tenancy-verify/floor.ts";
import { raidJobs } from "../../src/commands/tenancy-verify/jobs.ts";
import { placesOfIds } from "../../src/commands/tenancy-verify/operation.ts";
import { raidRoutes } from "../../src/commands/tenancy-verify/routes.ts";
import { allRowsOf } from "../../src/commands/tenancy-verify/rows.ts";
import {
  codeOf,
  leaks,
  queryAttacksOn,
  send,
  tellTalesOf,
  trespasses,
  unknownOperations,
} from "../../src/commands/tenancy-verify/sweep.ts";
import {
  aTwin,
  emailOf,
  tuneSearch,
  type Twin,
} from "../../src/commands/tenancy-verify/twin-shop.ts";
import { verifyTenancy } from "../../src/commands/tenancy-verify/verify.ts";
import { request, type World } from "../../src/commands/tenancy-verify/world.ts";
import {
  forgetFilter,
  forgetFilterOf,
  forgetTenantInFunctions,
  openPolicies,
} from "./isolation/walls.ts";

const { db, owner } = await installation();
const { url } = await server();
const world: World = { url, registry, schema: await theSchema(), db, log };

let ours: Twin;
let theirs: Twin;

beforeAll(async () => {
  ours = await aTwin(world, "Alderwick");
  theirs = await aTwin(world, "Birchmoor");
  // Of one shop alone: settings have no name that would tell whose they are.
  await tuneSearch(world, theirs);
  // What the attackers type is the other's words: a shop would see those among what it was searched for.
  vi.spyOn(recorderOf(world), "note").mockImplementation(() => {});
});

test("with one table's row-level security off, it says which, and what that opens", async () => {
  const [from, by] = [theirs.editor.tenant, ours.editor.tenant];
  expect([await openTables(db), await raidTables(db, from, by)]).toEqual([[], []]);
  await owner.query("alter table authors disable row level security");
  try {
    const where = "table authors";
    expect(await openTables(db)).toEqual([
      { where, what: "has no row-level security that is enabled and forced" },
    ]);
    expect(await raidTables(db, from, by)).toEqual([
      { where, what: "shows rows of another tenant" },
      { where, what: "lets rows of another tenant be changed" },
      { where, what: "lets rows of another tenant be deleted" },
      { where, what: "lets a row be put among another tenant's" },
    ]);
  } finally {
    await owner.query("alter table authors enable row level security");
  }
});

test("with one policy too wide, it says which", async () => {
  await owner.query("alter policy tenant_rows on tags using (true)");
  try {
    const where = "table tags";
    expect(await openTables(db)).toEqual([
      { where, what: "the policy tenant_rows opens it to other tenants" },
    ]);
    const raids = await raidTables(db, theirs.editor.tenant, ours.editor.tenant);
    expect(raids).toContainEqual({ where, what: "shows rows of another tenant" });
    expect(new Set(raids.map((raid) => raid.where))).toEqual(new Set([where]));
  } finally {
    await owner.query(
      "alter policy tenant_rows on tags using (tenant_id = (select current_tenant()))",
    );
  }
});

test("with one policy dropped, nothing can be done any more, and it says where", async () => {
  await owner.query("drop policy tenant_rows on authors");
  try {
    expect(await verifyTenancy(world)).toEqual([
      { where: "table authors", what: "has no policy, so that nobody sees its rows" },
      { where: "the two shops", what: expect.stringContaining("cannot be made") as string },
    ]);
  } finally {
    await owner.query(
      "create policy tenant_rows on authors to rustok_app using (tenant_id = (select current_tenant())) with check (tenant_id = (select current_tenant()))",
    );
  }
});

test("with the ORM's filter of one entity removed, it says which, and which operations it opens", async () => {
  const remember = forgetFilterOf("Author");
  const watch = watchFilters(db);
  try {
    await readEntities(ours.editor, registry, watch);
    for (const name of ["adminAuthor", "adminAuthors", "adminTags"]) {
      watch.during(name);
      await send(world, { name, values: queries[name]?.(ours)[0] ?? {} }, ours, ours.token);
    }
  } finally {
    remember();
  }
  const what = "the ORM reads authors without the tenant";
  expect(watch.end()).toEqual([
    { where: "entity Author", what },
    { where: "adminAuthor", what },
    { where: "adminAuthors", what },
  ]);
});

test("what it does not know is a finding: an operation, an id, a route, a job", async () => {
  const news = parse(`
    extend type Query { newThings: [String!] }
    extend input UpdateTagInput { newId: Id }`);
  const schema = extendSchema(world.schema, news);
  expect(unknownOperations({ ...world, schema }, ours)).toEqual([
    { where: "operation newThings", what: "is not in attacks.ts: say there how it is attacked" },
    { where: "operation updateTag", what: "takes an id as input.newId: give one in attacks.ts" },
  ]);
  const unknown = { what: "is not in attacks.ts: say there how it is attacked" };
  const route = defineRoute({
    method: "get",
    path: "/v1/things/{id}",
    summary: "A thing",
    access: "public",
    params: z.object({ id: z.string() }),
    run: async () => {},
  });
  const withRoute = { ...world, registry: { ...registry, routes: [route] } };
  expect(await raidRoutes(withRoute, theirs, ours)).toEqual([
    { where: "route get /v1/things/{id}", ...unknown },
  ]);
  const retry = { attempts: 1, firstDelayMs: 1 };
  const job = defineJob({ name: "new-job", payload: z.object({}), retry, run: async () => {} });
  const withJob = { ...world, registry: { ...registry, jobs: [job] } };
  expect(await raidJobs(withJob, theirs, ours)).toEqual([{ where: "job new-job", ...unknown }]);
});

test("a job that works on another tenant's rows is caught", async () => {
  const job = defineJob({
    name: "index-products",
    payload: z.object({ productIds: z.array(z.string()) }),
    retry: { attempts: 1, firstDelayMs: 1 },
    run: async () => {
      await owner.query("update tags set name = name || '!' where tenant_id = $1", [
        theirs.editor.tenant.id,
      ]);
    },
  });
  const withJob = { ...world, registry: { ...registry, jobs: [job] } };
  expect(await raidJobs(withJob, theirs, ours)).toEqual([
    { where: "job index-products", what: "changes another tenant's rows" },
  ]);
});

test("no query shows one shop anything of the other where a developer forgets the filter", async () => {
  const remember = forgetFilter();
  try {
    expect(await leaks(world, theirs, ours)).toEqual([]);
  } finally {
    remember();
  }
});

test("a third shop with the same handles and words opens, and no answer changes, no count either", async () => {
  const attacks = await queryAttacksOn(world, theirs);
  const answers = async () => {
    const all: unknown[] = [];
    for (const attack of attacks) all.push(await send(world, attack, ours, ours.token));
    return all;
  };
  const before = await answers();
  await aTwin(world, theirs.word);
  expect(await answers()).toEqual(before);
});

test("no shop's editor may do what those may who run the installation", async () => {
  const before = await allRowsOf(db, theirs.editor.tenant);
  for (const [name, valuesFor] of Object.entries(platformOperations)) {
    for (const { editor } of [ours, theirs]) {
      const attack = { name, values: valuesFor(editor.tenant.id) };
      expect(codeOf(await send(world, attack, ours, ours.token)), name).toBe("FORBIDDEN");
    }
  }
  expect(await allRowsOf(db, theirs.editor.tenant)).toBe(before);
});

test("one address signs in to each of its shops with that shop's password alone", async () => {
  const statusWith = async (password: string) => {
    const body = { email: emailOf("administrator"), password };
    const { tenant } = ours.editor;
    return (await request(world, { tenant, path: "/api/auth/login", body })).status;
  };
  expect(await statusWith(theirs.password)).toBe(401);
  expect(await statusWith(ours.password)).toBe(200);
});

/** With arguments that find something; the tenant is $1. */
const functionsThatSeeAllRows: Record<string, string | ((shop: Twin) => string)> = {
  api_key_state: ({ prefix }) => `$1, '${prefix}'`,
  did_you_mean: "$1, 'en', 'brichmoor'",
  search_content: `$1, '{"locale": "en", "first": 20, "sort": "newest"}'`,
  search_labels: "$1, 'product', 'en', '{lamps}', '{light}', '{ann}'",
  search_products: `$1, '{"locale": "en", "first": 20, "sort": "newest"}'`,
  search_rule: "$1, 'products', 'en', 'lamp'",
  search_tuning: "$1, 'products', 'en'",
  session_state: ({ ids }) => `$1, '${ids.session}'`,
  storefront_menu: "$1, 'en', 'main'",
  storefront_node: "$1, 'en', 'post', 'hello'",
  storefront_page: "$1, 'en', '/about'",
  storefront_product: "$1, 'en', 'lamp'",
  suggest_categories: "$1, 'en', 'lamps', 5",
  suggest_queries: "$1, 'en', '', 5",
  suggest_words: "$1, 'en', 'birch', 5",
};
/** Asked before there is a tenant: of the table of tenants alone, and which modules one does without. */
const doorkeepers = ["all_tenant_ids", "disabled_modules", "find_tenant", "hashes_of_tenant_names"];
/** Asked of a person, before it is known of which tenant. */
const porters = ["platform_home"];
/** Asked by the operator and by jobs, of all tenants at once: ids and numbers, and nothing of what they stand for. */
const overseers = [
  "analyze_search_documents",
  "announce_tenant",
  "announce_tenant_modules",
  "drift_by_kind",
  "drop_event_partition",
  "due_nodes",
  "due_products",
  "events_are_open",
  "events_are_recent",
  "forget_events_of_tenant",
  "forget_old_audit",
  "forget_old_steps",
  "lag_by_tenant",
  "list_tenants",
  "make_event_partitions",
  "next_patrol",
  "search_place",
  "tenants_to_delete",
  "tenants_with_old_mails",
  "tenants_with_comment_addresses",
  "tenants_with_due_webhooks",
  "tenants_with_old_generations",
  "tenants_with_old_keys",
  "tenants_with_old_queries",
  "tenants_with_old_sign_ins",
  "tenants_with_old_webhooks",
  "touch_search_documents",
  "webhook_outcomes",
  "webhooks_waiting",
];

test("functions that see the rows of all take the tenant first, and find nothing for one that is not there", async () => {
  const { rows: functions } = await owner.query<{ name: string; first: string }>(
    `select proname as name, proargtypes[0]::regtype::text as first from pg_proc
     where prosecdef and not proname = any ($1) order by 1`,
    [[...doorkeepers, ...porters, ...overseers]],
  );
  const known = Object.keys(functionsThatSeeAllRows);
  expect(functions).toEqual(known.map((name) => ({ name, first: "uuid" })));

  const shows = await tellTalesOf(world, theirs);
  for (const [name, given] of Object.entries(functionsThatSeeAllRows)) {
    const ask = async (tenant: string) => {
      const { rows } = await db.pool.query<{ answer: { hits?: unknown[] } | null }>(
        `select to_jsonb(found) as answer from ${name}(${typeof given === "string" ? given : given(theirs)}) found`,
        [tenant],
      );
      return rows.flatMap(({ answer }) => answer?.hits ?? (answer === null ? [] : [answer]));
    };
    expect(shows(await ask(theirs.editor.tenant.id)), name).toBe(true);
    expect(await ask(newId()), name).toEqual([]);
  }
});

test("no mutation reaches the other shop's things, not even where the filter is forgotten", async () => {
  const { tenant } = theirs.editor;
  const before = await allRowsOf(db, tenant);
  const remember = forgetFilter();
  const { accepted, failedAtHome } = await trespasses(world, theirs, ours);
  remember();
  expect(accepted).toEqual([]);
  expect(await allRowsOf(db, tenant)).toBe(before);
  // With a shop's own ids they all do their work, but for the deletion of what is in use.
  expect(failedAtHome).toEqual({
    deleteAuthor: "CONFLICT",
    deleteRole: "CONFLICT",
    deleteStockLocation: "CONFLICT",
  });
});

test("the control: without walls every query is caught, and every mutation of something there is", async () => {
  const raider = await aTwin(world, "Cranefield");
  forgetFilter();
  await openPolicies();
  await forgetTenantInFunctions();
  const names = (attacks: { name: string }[]) => new Set(attacks.map(({ name }) => name));
  const asked = Object.keys(queries).filter(
    (name) => queries[name]?.(theirs).length && !aboutTheCaller.includes(name),
  );
  expect(names(await leaks(world, theirs, raider))).toEqual(new Set(asked));
  // What is created can only refer to another shop's things, and keys between the tables still refuse
  // that, but of a rule's lists, as they do of sales; what takes no id is about the caller's own shop, and
  // a session is looked for among the caller's own.
  const changes = operations(world.schema)
    .filter((operation) => operation.name in mutations && placesOfIds(operation).length > 0)
    .map(({ name }) => name)
    .filter(
      (name) =>
        name === "createSearchRule" ||
        !/^(create|submit|recordSales$|endSession$|replayWebhookDelivery$|sendTestWebhook$)/.test(
          name,
        ),
    );
  const { accepted } = await trespasses(world, theirs, raider);
  expect(names(accepted)).toEqual(new Set(changes));
});
