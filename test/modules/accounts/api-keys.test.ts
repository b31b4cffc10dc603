import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { server } from "#test/server";

const { owner, anEditor } = await installation();
const client = await server();

interface Created {
  createApiKey: { key: string; apiKey: { id: string; prefix: string } };
}

const create = async (ctx: RequestContext, input: object) =>
  client.graphql<Created>(
    ctx.tenant,
    "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key apiKey { id prefix name scopes lastUsedAt } } }",
    { input },
    await client.tokenFor(ctx),
  );

const codeOf = (ctx: RequestContext, query: string, key: string) =>
  client
    .graphql(ctx.tenant, query, {}, key)
    .then(({ errors }) => errors?.[0]?.extensions["code"] ?? "ok");

const read = "{ adminTags { totalCount } }";
const write = 'mutation { createTag(input: { scope: product, handle: "a", name: "A" }) { id } }';

const lastUse = async (id: string) => {
  const { rows } = await owner.query<{ at: Date | null }>(
    "select last_used_at as at from api_keys where id = $1",
    [id],
  );
  return rows[0]?.at ?? null;
};

test("a key does what its scopes say, in its tenant alone, until it is revoked", async () => {
  const ctx = await anEditor();
  const { data, errors } = await create(ctx, { name: "Import", scopes: ["taxonomy:read"] });
  expect(errors).toBeUndefined();
  const { key, apiKey } = data.createApiKey;
  expect(key).toMatch(/^rtk_[0-9a-f]{12}_[\w-]{43}$/);
  expect(key.startsWith(`${apiKey.prefix}_`)).toBe(true);
  expect(await codeOf(ctx, read, key)).toBe("ok");
  expect(await codeOf(ctx, write, key)).toBe("FORBIDDEN");
  expect(await codeOf(ctx, "{ me { id } }", key)).toBe("UNAUTHENTICATED");
  expect(await codeOf(await anEditor(), read, key)).toBe("UNAUTHENTICATED");
  expect(await codeOf(ctx, read, `${key.slice(0, -1)}${key.endsWith("A") ? "B" : "A"}`)).toBe(
    "UNAUTHENTICATED",
  );

  const revoke = `mutation { revokeApiKey(input: { id: "${apiKey.id}" }) { revokedAt } }`;
  expect(await codeOf(await anEditor(), revoke, await client.tokenFor(await anEditor()))).toBe(
    "UNAUTHENTICATED",
  );
  const stranger = await anEditor();
  expect(await codeOf(stranger, revoke, await client.tokenFor(stranger))).toBe("NOT_FOUND");
  expect(await codeOf(ctx, read, key)).toBe("ok");
  expect(await codeOf(ctx, revoke, await client.tokenFor(ctx))).toBe("ok");
  expect(await codeOf(ctx, read, key)).toBe("UNAUTHENTICATED");
});

test("nobody gives a key what they do not have, and all that is wrong is said at once", async () => {
  const ctx = await anEditor();
  const poor: RequestContext = {
    ...ctx,
    actor: { ...ctx.actor, permissions: new Set(["accounts:api-keys", "content:read"]) } as never,
  };
  const beyond = await create(poor, {
    name: "Too much",
    scopes: ["content:read", "content:write", "no:such"],
  });
  expect(beyond.errors?.[0]?.extensions).toEqual({
    code: "BAD_USER_INPUT",
    issues: [
      { path: ["scopes", 1], message: "is no permission of yours" },
      { path: ["scopes", 2], message: "is no permission of yours" },
    ],
  });
  const wrong = await create(ctx, { name: " ", scopes: [], expiresAt: "2020-01-01T00:00:00Z" });
  expect(wrong.errors?.[0]?.extensions["issues"]).toMatchObject([
    { path: ["name"] },
    { path: ["scopes"] },
    { path: ["expiresAt"] },
  ]);
  const { rows } = await owner.query("select from api_keys where tenant_id = $1", [ctx.tenant.id]);
  expect(rows).toEqual([]);
});

test("no key holds what concerns all tenants, not even one that was given it once", async () => {
  const ctx = await anEditor();
  const superior: RequestContext = {
    ...ctx,
    actor: {
      ...ctx.actor,
      permissions: new Set(["accounts:api-keys", "taxonomy:read", "platform:tenants"]),
    } as never,
  };
  const refused = await create(superior, {
    name: "All of them",
    scopes: ["taxonomy:read", "platform:tenants"],
  });
  expect(refused.errors?.[0]?.extensions).toEqual({
    code: "BAD_USER_INPUT",
    issues: [{ path: ["scopes", 1], message: "is none that a key can hold" }],
  });
  const { data } = await create(superior, { name: "Of old", scopes: ["taxonomy:read"] });
  const { key, apiKey } = data.createApiKey;
  await owner.query(
    "update api_keys set scopes = '{taxonomy:read,platform:tenants}' where id = $1",
    [apiKey.id],
  );
  expect(await codeOf(ctx, read, key)).toBe("ok");
  expect(await codeOf(ctx, "{ tenants { totalCount } }", key)).toBe("FORBIDDEN");
});

test("a key is good until it expires", async () => {
  const ctx = await anEditor();
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const { data } = await create(ctx, { name: "For an hour", scopes: ["taxonomy:read"], expiresAt });
  const { key, apiKey } = data.createApiKey;
  expect(await codeOf(ctx, read, key)).toBe("ok");
  await owner.query("update api_keys set expires_at = now() where id = $1", [apiKey.id]);
  await expect
    .poll(() => codeOf(ctx, read, key), { interval: 50, timeout: 5_000 })
    .toBe("UNAUTHENTICATED");
});

test("its last use is on record to the minute, and written once in one", async () => {
  const ctx = await anEditor();
  const { data } = await create(ctx, { name: "Watched", scopes: ["taxonomy:read"] });
  const { key, apiKey } = data.createApiKey;
  expect(await lastUse(apiKey.id)).toBeNull();
  await Promise.all(Array.from({ length: 10 }, () => codeOf(ctx, read, key)));
  await expect.poll(() => lastUse(apiKey.id), { timeout: 10_000 }).not.toBeNull();
  // The row's own version changes with every write.
  const version = async () =>
    (await owner.query("select xmin::text from api_keys where id = $1", [apiKey.id])).rows;
  const written = await version();
  for (let turn = 0; turn < 5; turn++) await codeOf(ctx, read, key);
  expect(await version()).toEqual(written);
  await owner.query(
    "update api_keys set last_used_at = now() - interval '61 seconds' where id = $1",
    [apiKey.id],
  );
  const old = (await lastUse(apiKey.id))?.getTime() ?? 0;
  await expect
    .poll(
      async () => {
        await codeOf(ctx, read, key);
        return (await lastUse(apiKey.id))?.getTime() ?? 0;
      },
      { interval: 100, timeout: 5_000 },
    )
    .toBeGreaterThan(old);
});

test("the list shows what begins a key, and nothing that opens", async () => {
  const ctx = await anEditor();
  const { data } = await create(ctx, { name: "Listed", scopes: ["taxonomy:read"] });
  const { key, apiKey } = data.createApiKey;
  const listed = await client.graphql<{ apiKeys: { edges: { node: object }[] } }>(
    ctx.tenant,
    "{ apiKeys { edges { node { id name prefix scopes createdAt expiresAt lastUsedAt revokedAt } } } }",
    {},
    await client.tokenFor(ctx),
  );
  expect(listed.data.apiKeys.edges).toMatchObject([
    { node: { id: apiKey.id, name: "Listed", prefix: apiKey.prefix, scopes: ["taxonomy:read"] } },
  ]);
  const secret = key.slice(apiKey.prefix.length + 1);
  const { rows } = await owner.query("select to_jsonb(k)::text as dump from api_keys k");
  expect(JSON.stringify([listed, rows])).not.toContain(secret);
});

test("what a key changes is on record as the key's", async () => {
  const ctx = await anEditor();
  const { data } = await create(ctx, { name: "Writes", scopes: ["taxonomy:write"] });
  expect(await codeOf(ctx, write, data.createApiKey.key)).toBe("ok");
  const { rows } = await owner.query<{ actor: string }>(
    "select actor_id as actor from sys_events where tenant_id = $1 and type = 'tag.created'",
    [ctx.tenant.id],
  );
  expect(rows).toEqual([{ actor: data.createApiKey.apiKey.id }]);
});
