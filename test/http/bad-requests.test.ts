import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { newId } from "#kernel/ids";
import { uuidToULID } from "ulid";
import { eventsOf, installation } from "#test/installation";
import { server } from "#test/server";

const { anEditor, aTenant } = await installation();
const client = await server();
const tenant = await aTenant();

async function post(body: string, headers: Record<string, string> = {}) {
  const response = await client.fetch("/api/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant-id": tenant.id, ...headers },
    body,
  });
  const answer = (await response.json()) as {
    errors?: { message: string; extensions: { code: string } }[];
  };
  return {
    status: response.status,
    code: answer.errors?.[0]?.extensions.code,
    errors: answer.errors,
  };
}

const typename = JSON.stringify({ query: "{ __typename }" });

test("a body that is not JSON", async () => {
  expect(await post("{ query")).toMatchObject({ status: 400, code: "BAD_USER_INPUT" });
});

test("a body without a query", async () => {
  expect(await post("{}")).toMatchObject({ status: 400, code: "BAD_USER_INPUT" });
});

test("a query that is not GraphQL", async () => {
  expect(await post(JSON.stringify({ query: "{ oops" }))).toMatchObject({ code: "BAD_USER_INPUT" });
});

test("a query with several unknown fields says so of each", async () => {
  const { errors } = await post(JSON.stringify({ query: "{ aaaa bbbb }" }));
  expect(errors?.map(({ message }) => message)).toEqual([
    'Cannot query field "aaaa" on type "Query".',
    'Cannot query field "bbbb" on type "Query".',
  ]);
});

test("a query that is too deep", async () => {
  const deep = "{ a ".repeat(14) + "}".repeat(14);
  const { code, errors } = await post(JSON.stringify({ query: deep }));
  expect(code).toBe("BAD_USER_INPUT");
  expect(errors?.some(({ message }) => message.includes("depth limit of 12"))).toBe(true);
});

test("a query with too many aliases", async () => {
  const aliases = Array.from({ length: 31 }, (_, n) => `a${n}: adminTags { totalCount }`).join(" ");
  const { code, errors } = await post(JSON.stringify({ query: `{ ${aliases} }` }));
  expect(code).toBe("BAD_USER_INPUT");
  expect(errors?.[0]?.message).toContain("Aliases limit of 30");
});

test("a query of too many words", async () => {
  const { code, errors } = await post(
    JSON.stringify({ query: `{ ${"__typename ".repeat(2_001)} }` }),
  );
  expect(code).toBe("BAD_USER_INPUT");
  expect(errors?.[0]?.message).toContain("2000 tokens");
});

test("a body that is too large", async () => {
  const { status, code } = await post(JSON.stringify({ query: "x".repeat(1_100_000) }));
  expect({ status, code }).toEqual({ status: 413, code: "PAYLOAD_TOO_LARGE" });
});

test("an unknown tenant, by each of its names", async () => {
  const missing = { status: 404, code: "NOT_FOUND" };
  expect(await post(typename, { "x-tenant-id": newId() })).toMatchObject(missing);
  const byName = (headers: Record<string, string>) =>
    client.fetch("/api/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typename,
    });
  expect((await byName({ "x-tenant-slug": "nobody" })).status).toBe(404);
  expect((await byName({})).status).toBe(404);
});

test("a tenant id that is no id", async () => {
  expect(await post(typename, { "x-tenant-id": "42" })).toMatchObject({
    status: 400,
    code: "BAD_USER_INPUT",
  });
});

test("a tenant id in either spelling is the same tenant", async () => {
  expect((await post(typename)).status).toBe(200);
  expect((await post(typename, { "x-tenant-id": uuidToULID(tenant.id) })).status).toBe(200);
});

test("a token that has expired, was forged, or is another tenant's", async () => {
  const ours = new TextEncoder().encode("a secret that only tests may know of");
  const theirs = new TextEncoder().encode("a secret that somebody has made up");
  const sign = (expires: string, key: Uint8Array) =>
    new SignJWT({ tenant: tenant.id, permissions: [] })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(newId())
      .setIssuer("rustok")
      .setExpirationTime(expires)
      .sign(key);
  const expired = await sign("10s ago", ours);
  const forged = await sign("5m", theirs);
  const foreign = await client.tokenFor(await anEditor());
  const refused = { status: 401, code: "UNAUTHENTICATED" };
  for (const token of [expired, forged, foreign, "rubbish"]) {
    expect(await post(typename, { authorization: `Bearer ${token}` })).toMatchObject(refused);
  }
  expect(await post(typename, { authorization: "Basic abc" })).toMatchObject(refused);
});

test("no permission, no change", async () => {
  const editor = await anEditor(tenant);
  const powerless = {
    ...editor,
    actor: {
      kind: "user" as const,
      userId: newId(),
      sessionId: newId(),
      permissions: new Set<string>(),
    },
  };
  const mutation = `mutation { createTag(input: { scope: product, handle: "x", name: "x" }) { id } }`;
  const answer = await client.graphql(tenant, mutation, {}, await client.tokenFor(powerless));
  expect(answer.errors?.[0]?.extensions).toEqual({
    code: "FORBIDDEN",
    permission: "taxonomy:write",
  });
  const anonymous = await client.graphql(tenant, mutation);
  expect(anonymous.errors?.[0]?.extensions["code"]).toBe("UNAUTHENTICATED");
  expect(await eventsOf(editor)).toEqual([]);
});

test("an input with many faults hears of all of them, and nothing is written", async () => {
  const editor = await anEditor(tenant);
  const answer = await client.graphql(
    tenant,
    `mutation ($input: CreateCategoryInput!) { createCategory(input: $input) { id } }`,
    {
      input: {
        scope: "product",
        handle: "Not A Handle",
        position: -1,
        translations: [
          { locale: "en", name: "a\0b" },
          { locale: "en", name: " " },
          { locale: "!!", name: "x".repeat(300) },
        ],
      },
    },
    await client.tokenFor(editor),
  );
  const { code, issues } = (answer.errors?.[0]?.extensions ?? {}) as {
    code?: string;
    issues?: { path: unknown[] }[];
  };
  expect(code).toBe("BAD_USER_INPUT");
  expect(issues?.map(({ path }) => path.join("."))).toEqual([
    "handle",
    "position",
    "translations.0.name",
    "translations.1.name",
    "translations.2.locale",
    "translations.2.name",
  ]);
  expect(await eventsOf(editor)).toEqual([]);
});

test("a variable of the wrong type", async () => {
  const editor = await anEditor(tenant);
  const answer = await client.graphql(
    tenant,
    `mutation ($id: Id!) { deleteTag(input: { id: $id }) }`,
    { id: "nonsense" },
    await client.tokenFor(editor),
  );
  expect(answer.errors?.[0]?.extensions["code"]).toBe("BAD_USER_INPUT");
});

test("a page that is not there, and a method that is not taken", async () => {
  const missing = await client.fetch("/api/nothing");
  expect(missing.status).toBe(404);
  expect(await missing.json()).toMatchObject({ error: { code: "NOT_FOUND" } });
  const refused = await client.fetch("/api/health/live", { method: "PUT" });
  expect(refused.status).toBe(405);
  expect(await refused.json()).toMatchObject({ error: { code: "BAD_USER_INPUT" } });
});

test("a sign-in with faults in its body, and one with a wrong password", async () => {
  const login = (body: string) =>
    client.fetch("/api/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json", "x-tenant-id": tenant.id },
      body,
    });
  const faulty = await login("{}");
  expect(faulty.status).toBe(400);
  const { error } = (await faulty.json()) as {
    error: { code: string; details: { issues: { path: string[] }[] } };
  };
  expect(error.details.issues.map(({ path }) => path)).toEqual([["email"], ["password"]]);
  const wrong = await login(JSON.stringify({ email: "nobody@example.com", password: "wrong" }));
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
});

test.each([
  ["a NUL in an argument", `{ product(handle: "a\\u0000b") { id } }`],
  [
    "a NUL deep in a filter",
    `{ products(filter: { title: { contains: "\\u0000" } }) { totalCount } }`,
  ],
  [
    "a NUL in a list",
    `{ nodes(kind: "post", filter: { tag: { in: ["\\u0000"] } }) { totalCount } }`,
  ],
  [
    "a moment before all calendars",
    `{ products(filter: { publishedAt: { gte: "0000-01-01T00:00:00Z" } }) { totalCount } }`,
  ],
  ["a cursor of numbers where texts belong", `{ products(after: "WzEsMl0") { totalCount } }`],
  ["a cursor of another list", `{ nodes(kind: "post", after: "WzEsMl0") { totalCount } }`],
])("%s is the caller's fault", async (_, query) => {
  expect(await post(JSON.stringify({ query }))).toMatchObject({ code: "BAD_USER_INPUT" });
});

test("a NUL in a sign-in and a tenant's id too large for an id", async () => {
  const login = await client.fetch("/api/auth/login", {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant-id": tenant.id },
    body: JSON.stringify({ email: "a\0@example.com", password: "\0" }),
  });
  expect(login.status).toBe(400);
  expect(await post(typename, { "x-tenant-id": "Z".repeat(26) })).toMatchObject({
    status: 400,
    code: "BAD_USER_INPUT",
  });
});
