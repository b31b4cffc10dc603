import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { everybody } from "#kernel/access/description";
import { systemContext, type Tenant } from "#kernel/context";
import { operations } from "#kernel/graphql/schema";
import { newId } from "#kernel/ids";
import { users } from "#modules/accounts";
import { installation, log, registry, theSchema } from "#test/installation";
import { server } from "#test/server";
import { grantPlatform } from "../../src/commands/platform-grant.ts";
import { signIn } from "../../src/commands/tenancy-verify/twin-shop.ts";
import { leastOf } from "./access-matrix/least.ts";

const { aTenant, db, owner, tokens: issuer } = await installation();
const client = await server();
const schema = await theSchema();

/** Whether somebody may do something, as it is written in access.txt: reviewed, and not what the code says of itself. */
const mayByTheTable = await (async () => {
  const lines = (await readFile("access.txt", "utf8")).split("\n").slice(2, -1);
  const table = new Map(
    lines.map((line) => {
      const [what = "", , who = ""] = line.split(/ {2,}/);
      return [what, new Set(who.split(" "))];
    }),
  );
  return (who: string, what: string) => table.get(what)?.has(who) ?? false;
})();

let tenant: Tenant;
const ids = new Map<string, string>();
const tokens = new Map<string, string>();

beforeAll(async () => {
  tenant = await aTenant();
  const ctx = systemContext(db, tenant, log);
  const world = { url: client.url, registry, schema, db, log };
  for (const who of everybody.filter((each) => each !== "visitor")) {
    const email = `${who}@people.example`;
    const password = "a long enough password";
    const role = who === "super-administrator" ? "customer" : who;
    const { id } = await users.create(ctx, { email, name: who, role, password });
    ids.set(who, id);
    if (who === "super-administrator") await grantPlatform({ ownerUrl: db.url }, ctx, email);
    tokens.set(who, await signIn(world, ctx, email, password));
  }
});

/** Has somebody sign in once more, for what they may do includes signing out. */
async function signInAgain(who: string): Promise<void> {
  const [sub, sid] = [ids.get(who), newId()];
  if (!sub) return;
  await owner.query(
    `insert into sessions (id, tenant_id, user_id, method, salt, expires_at)
     values ($1, $2, $3, 'password', 'salt', now() + interval '1 day')`,
    [sid, tenant.id, sub],
  );
  tokens.set(who, await issuer.issue({ sub, tenant: tenant.id, sid }));
}

const mutations = schema.getMutationType()?.getFields() ?? {};

/** With ids of nothing, but a tenant's own where it is that tenant which is asked for. */
function pathOf(path: string, who: string): string {
  const own = who === "super-administrator" ? newId() : tenant.id;
  return path
    .replace("/v1/tenants/{id}", `/v1/tenants/${own}`)
    .replaceAll(/\{\w+\}/g, () => newId());
}

/** Everything that can be asked for, each as a call that answers whether somebody was let in. */
const calls: { what: string; letsIn(who: string): Promise<boolean> }[] = [
  ...operations(schema).map((operation) => {
    const kind = operation.name in mutations ? "mutation" : "query";
    return {
      what: `${kind} ${operation.name}`,
      async letsIn(who: string) {
        const { query, variables } = leastOf(operation, kind);
        const { errors } = await client.graphql(tenant, query, variables, tokens.get(who));
        const { access } = operation.extensions as { access: { permission?: string } };
        return !errors?.some(
          ({ extensions: { code, permission } }) =>
            code === "UNAUTHENTICATED" ||
            (code === "FORBIDDEN" && permission === access.permission),
        );
      },
    };
  }),
  ...registry.routes.map((route) => ({
    what: `${route.method} ${route.path}`,
    async letsIn(who: string) {
      const token = tokens.get(who);
      const response = await client.fetch(`/api${pathOf(route.path, who)}`, {
        method: route.method.toUpperCase(),
        headers: {
          "x-tenant-id": tenant.id,
          "content-type": "application/json",
          ...(token && { authorization: `Bearer ${token}` }),
        },
        ...(route.body && { body: "{}" }),
      });
      return response.status !== 401 && response.status !== 403;
    },
  })),
];

/** Every row of every table, as one number for each table. */
async function digest(): Promise<Record<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const { rows } = await owner.query<{ name: string; rows: string }>(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name, md5(string_agg(t::text, '' order by t::text)) as rows from ${name} t`,
      )
      .join(" union all "),
  );
  return Object.fromEntries(rows.map(({ name, rows: sum }) => [name, sum]));
}

test("everything that can be asked for is in the table", () => {
  const unknown = calls.filter(({ what }) => !mayByTheTable("super-administrator", what));
  expect(unknown.map(({ what }) => what)).toEqual([]);
  expect(calls.filter(({ what }) => !mayByTheTable("visitor", what)).length).toBeGreaterThan(30);
});

test.each(everybody)(
  "%s is refused what the table does not allow, and that changes nothing",
  async (who) => {
    const refused = calls.filter(({ what }) => !mayByTheTable(who, what));
    const before = await digest();
    const letIn: string[] = [];
    for (const { what, letsIn } of refused) if (await letsIn(who)) letIn.push(what);
    expect(letIn).toEqual([]);
    expect(await digest()).toEqual(before);
  },
);

// Last, as what is allowed does its work.
test.each(everybody)("%s is let in where the table says so", async (who) => {
  const allowed = calls.filter(({ what }) => mayByTheTable(who, what));
  const refused: string[] = [];
  for (const { what, letsIn } of allowed) {
    await signInAgain(who);
    if (!(await letsIn(who))) refused.push(what);
  }
  expect(refused).toEqual([]);
});
