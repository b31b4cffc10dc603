import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { BadUserInput, NotFound, StaleRevision } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { settingsOf } from "#kernel/modules/settings";
import { domains, moduleSettings, readTenant, tenants } from "#modules/tenants";
import { eventsOf, installation } from "#test/installation";
import { serve, server } from "#test/server";
import { anOperator, call } from "./an-operator.ts";

const { anEditor, owner } = await installation();
const client = await server();

let editor: RequestContext;
beforeEach(async () => {
  editor = await anEditor();
});

const aHost = () => `${newId()}.example`;
const typesOf = async (ctx: RequestContext) => (await eventsOf(ctx)).map(({ type }) => type);

async function edit(ctx: RequestContext, field: string, input: Record<string, unknown>) {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const named = field.endsWith("Domain") ? "DomainInput" : type;
  const { data, errors } = await client.graphql<Record<string, unknown>>(
    ctx.tenant,
    `mutation ($input: ${field === "resumeTenant" ? "TenantKeyInput" : named}!) { changed: ${field}(input: $input) { id revision slug name status locales domains } }`,
    { input },
    await client.tokenFor(ctx),
  );
  return { changed: data?.["changed"], code: errors?.[0]?.extensions["code"], errors };
}

test("a tenant changes its own name, locales, currencies and domains, each change with its event", async () => {
  const host = aHost();
  expect(await edit(editor, "updateTenant", { name: "Kiln", revision: 1 })).toMatchObject({
    changed: { name: "Kiln", revision: 2 },
  });
  await edit(editor, "updateTenant", { locales: ["de", "fr"], defaultLocale: "de" });
  await edit(editor, "updateTenant", { currencies: ["CHF"], defaultCurrency: "CHF" });
  await edit(editor, "addDomain", { host: `${host.toUpperCase()}.` });
  expect((await edit(editor, "addDomain", { host })).changed).toMatchObject({ domains: [host] });
  await edit(editor, "removeDomain", { host });
  expect(await readTenant(editor)).toMatchObject({
    revision: 6,
    name: "Kiln",
    locales: ["de", "fr"],
    defaultLocale: "de",
    currencies: ["CHF"],
    domains: [],
  });
  expect(await typesOf(editor)).toEqual([
    "tenant.updated",
    "tenant.locales-updated",
    "tenant.updated",
    "domain.added",
    "domain.removed",
  ]);
});

test("what changes nothing raises no revision and says nothing", async () => {
  await tenants.update(editor, { name: editor.tenant.name, locales: editor.tenant.locales });
  await tenants.resume(editor);
  expect(await readTenant(editor)).toMatchObject({ revision: 1 });
  expect(await eventsOf(editor)).toEqual([]);
});

test("every fault of an input is said at once, and a refused change leaves all as it was", async () => {
  const before = await readTenant(editor);
  const { code, errors } = await edit(editor, "updateTenant", {
    name: " ",
    locales: ["en", "no locale"],
    currencies: ["XXY"],
  });
  const issues = errors?.[0]?.extensions["issues"] as { path: unknown[] }[];
  expect([code, issues.map(({ path }) => path.join("."))]).toEqual([
    "BAD_USER_INPUT",
    ["name", "locales.1", "currencies.0"],
  ]);
  await expect(tenants.update(editor, { locales: ["de"] })).rejects.toThrow(
    BadUserInput.at(["defaultLocale"], "must be one of the locales"),
  );
  await expect(tenants.update(editor, { currencies: ["USD"] })).rejects.toThrow(BadUserInput);
  await expect(tenants.update(editor, { name: "Late", revision: 7 })).rejects.toThrow(
    StaleRevision,
  );
  await expect(domains.remove(editor, aHost())).rejects.toThrow(NotFound);
  expect(await readTenant(editor)).toEqual(before);
  expect(await eventsOf(editor)).toEqual([]);
});

test("a host is one tenant's, and a tenant has a hundred at most", async () => {
  const host = aHost();
  await domains.add(await anEditor(), host);
  expect(await edit(editor, "addDomain", { host })).toMatchObject({ code: "CONFLICT" });
  await owner.query(
    "insert into tenant_domains (host, tenant_id) select n || $1, $2 from generate_series(1, 100) n",
    [`.${host}`, editor.tenant.id],
  );
  expect(await edit(editor, "addDomain", { host: aHost() })).toMatchObject({ code: "CONFLICT" });
  expect(await eventsOf(editor)).toEqual([]);
});

test("whoever runs the installation creates, lists, renames, suspends and resumes tenants", async () => {
  const operator = await anOperator();
  const slug = `s${newId().slice(-12)}`;
  const given = {
    slug,
    name: "New",
    defaultLocale: "en",
    locales: ["en"],
    defaultCurrency: "EUR",
    currencies: ["EUR"],
    domains: [aHost()],
  };
  const { status, body: created } = await call(operator, "POST", "/tenants", given);
  expect([status, created]).toEqual([201, expect.objectContaining({ ...given, revision: 1 })]);
  expect(await call(operator, "POST", "/tenants", given)).toMatchObject({ status: 409 });
  const reserved = { ...given, slug: "api", domains: ["a b"], locales: [] };
  expect((await call(operator, "POST", "/tenants", reserved)).body.error.details.issues).toEqual([
    { path: ["slug"], message: "is reserved" },
    { path: ["locales"], message: expect.any(String) },
    { path: ["domains", 0], message: "must be a host name, without a port" },
  ]);

  const listed: string[] = [];
  for (let after: string | null = ""; after !== null;) {
    const query = after ? `?first=2&after=${after}` : "?first=2";
    const { body } = await call(operator, "GET", `/tenants${query}`);
    listed.push(...body.tenants.map(({ id }: { id: string }) => id));
    after = body.next;
  }
  const { rows } = await owner.query<{ id: string }>("select id from tenants order by id");
  expect(listed).toEqual(rows.map(({ id }) => id));

  const path = `/tenants/${created.id}`;
  const renamed = `r${slug}`;
  expect((await call(operator, "POST", `${path}/rename`, { slug: renamed })).body).toMatchObject({
    slug: renamed,
    revision: 2,
  });
  await call(operator, "POST", `${path}/suspend`, { reason: "Unpaid." });
  expect((await call(operator, "GET", path)).body).toMatchObject({
    status: "suspended",
    suspensionReason: "Unpaid.",
  });
  expect((await edit(operator, "resumeTenant", { id: created.id })).changed).toMatchObject({
    status: "ACTIVE",
  });
  const ctx = { ...operator, tenant: { ...operator.tenant, id: created.id } };
  expect(await typesOf(ctx)).toEqual([
    "tenant.created",
    "tenant.updated",
    "tenant.suspended",
    "tenant.resumed",
  ]);
});

test("an editor reaches nobody else's tenant, and learns nothing of it", async () => {
  const { tenant } = await anEditor();
  for (const id of [tenant.id, newId()]) {
    for (const [method, path, body] of [
      ["GET", ""],
      ["PATCH", "", { name: "Taken" }],
      ["POST", "/domains", { host: aHost() }],
      ["GET", "/settings/any"],
      ["POST", "/suspend", {}],
      ["GET", "/export"],
      ["POST", "/delete", { confirm: tenant.slug, rows: 0 }],
    ] as const) {
      const answer = await call(editor, method, `/tenants/${id}${path}`, body);
      expect([answer.status, answer.body.error.message], `${method} ${path}`).toEqual([
        403,
        'This needs the permission "platform:tenants".',
      ]);
    }
  }
  expect(await call(editor, "GET", "/tenants")).toMatchObject({ status: 403 });
  expect(await readTenant({ ...editor, tenant })).toMatchObject({ revision: 1, suspendedAt: null });
  expect((await call(editor, "GET", `/tenants/${editor.tenant.id}`)).status).toBe(200);
});

test("a suspended tenant is refused to everybody and served again when resumed", async () => {
  const operator = await anOperator();
  const ask = async (ctx: RequestContext) => {
    const answer = await client.graphql(ctx.tenant, "{ tenant { id } }");
    return answer.errors?.[0]?.extensions;
  };
  expect(await ask(editor)).toMatchObject({ code: "UNAUTHENTICATED" });
  await edit(operator, "suspendTenant", { id: editor.tenant.id });
  await vi.waitFor(
    async () =>
      expect(await ask(editor)).toEqual({ code: "FORBIDDEN", reason: "TENANT_SUSPENDED" }),
    10_000,
  );
  expect(await call(editor, "GET", `/tenants/${editor.tenant.id}`)).toMatchObject({
    status: 403,
    body: { error: { code: "FORBIDDEN", details: { reason: "TENANT_SUSPENDED" } } },
  });
  await edit(operator, "resumeTenant", { id: editor.tenant.id });
  await vi.waitFor(
    async () => expect(await ask(editor)).toMatchObject({ code: "UNAUTHENTICATED" }),
    10_000,
  );
});

test("only who runs the installation gives away hosts of its own", async () => {
  const baseDomain = "shops.example";
  const claimed = { ...editor, baseDomain, actor: { ...(await anOperator()).actor } };
  const permissions = new Set(["tenant:write"]);
  const limited = {
    ...claimed,
    actor: { kind: "apiKey" as const, keyId: newId(), permissions },
  };
  const noDomain = "must be a name with a domain, such as shop.example.com";
  const reserved = "belongs to the installation";
  for (const [host, fault] of [
    ["localhost", noDomain],
    ["shop.localhost", noDomain],
    ["db", noDomain],
    ["127.0.0.1", noDomain],
    ["10.0.0.7", noDomain],
    [baseDomain, reserved],
    [`other.${baseDomain}`, reserved],
    [`www.other.${baseDomain}`, reserved],
  ] as const) {
    await expect(domains.add(limited, host), host).rejects.toThrow(
      BadUserInput.at(["host"], fault),
    );
  }
  expect(await readTenant(editor)).toMatchObject({ domains: [], revision: 1 });
  expect(await eventsOf(editor)).toEqual([]);
  const free = [`my${baseDomain}`, aHost()];
  for (const host of free) await domains.add(limited, host);
  const given = [`db-${editor.tenant.slug}`, `x.${editor.tenant.slug}.${baseDomain}`];
  for (const host of given) await domains.add(claimed, host);
  expect((await readTenant(editor)).domains).toEqual([...free, ...given].toSorted());
});

test("a host below the base domain is refused over HTTP, too", async () => {
  const { url } = await serve({ baseDomain: "shops.example" });
  const permissions = new Set(["tenant:write"]);
  const token = await client.tokenFor({
    ...editor,
    actor: { kind: "user", userId: newId(), sessionId: newId(), permissions },
  });
  const response = await fetch(`${url}/api/v1/tenants/${editor.tenant.id}/domains`, {
    method: "POST",
    headers: {
      "x-tenant-id": editor.tenant.id,
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ host: "another.shops.example" }),
  });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    {
      error: { details: { issues: [{ path: ["host"], message: "belongs to the installation" }] } },
    },
  ]);
});

test("what a module has given up keeps nobody from setting the rest, and goes", async () => {
  const before = {
    slug: "diary",
    tables: [],
    settings: z.object({ perPage: z.int(), old: z.int() }),
  };
  await moduleSettings.update(
    { ...editor, modules: [before] },
    { module: "diary", value: { perPage: 5, old: 1 } },
  );
  const now = { slug: "diary", tables: [], settings: z.object({ perPage: z.int() }) };
  const ctx = { ...editor, modules: [now] };
  expect(
    await moduleSettings.update(ctx, { module: "diary", value: { perPage: 7 } }),
  ).toMatchObject({
    value: { perPage: 7 },
    revision: 2,
  });
  const { rows } = await owner.query("select value from tenant_settings where tenant_id = $1", [
    editor.tenant.id,
  ]);
  expect(rows).toEqual([{ value: { perPage: 7 } }]);
  await expect(moduleSettings.update(ctx, { module: "diary", value: { old: 2 } })).rejects.toThrow(
    BadUserInput,
  );
});

test("settings are what their module says they may be", async () => {
  const settings = z.object({
    perPage: z.int().min(1).default(10),
    title: z.string().default("Blog"),
  });
  const diary = { slug: "diary", tables: [], settings };
  const ctx = { ...editor, modules: [diary] };
  expect(await moduleSettings.get(ctx, "diary")).toEqual({
    module: "diary",
    value: { perPage: 10, title: "Blog" },
    revision: 0,
    updatedAt: null,
  });
  await moduleSettings.update(ctx, { module: "diary", value: { perPage: 5 }, revision: 0 });
  const after = await moduleSettings.update(ctx, { module: "diary", value: { title: "Notes" } });
  expect(after).toMatchObject({ value: { perPage: 5, title: "Notes" }, revision: 2 });
  await moduleSettings.update(ctx, { module: "diary", value: { title: "Notes" } });
  expect(await settingsOf(editor, diary)).toEqual({ perPage: 5, title: "Notes" });
  expect(await settingsOf(await anEditor(), diary)).toEqual({ perPage: 10, title: "Blog" });

  for (const value of [{ perPage: 0 }, { perPage: 5, unknown: true }]) {
    await expect(moduleSettings.update(ctx, { module: "diary", value })).rejects.toThrow(
      BadUserInput,
    );
  }
  const stale = { module: "diary", value: { perPage: 1 }, revision: 1 };
  await expect(moduleSettings.update(ctx, stale)).rejects.toThrow(StaleRevision);
  await expect(moduleSettings.get(ctx, "other")).rejects.toThrow(NotFound);
  expect(await moduleSettings.get(ctx, "diary")).toEqual(after);
  expect(await eventsOf(editor)).toEqual([
    { type: "tenant-settings.updated", payload: { module: "diary", revision: 1 } },
    { type: "tenant-settings.updated", payload: { module: "diary", revision: 2 } },
  ]);
});
