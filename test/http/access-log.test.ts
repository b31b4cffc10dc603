import { beforeEach, expect, test } from "vitest";
import { createLog } from "#kernel/observability/log";
import { installation } from "#test/installation";
import { serve, server, theTenants } from "#test/server";

const { anEditor } = await installation();
const client = await server();

let lines: Record<string, unknown>[] = [];
const log = createLog("info", {
  write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
});
const { url } = await serve({ log });
beforeEach(() => {
  lines = [];
});

test("a request is one line: who, what, how it ended and how long it took", async () => {
  const editor = await anEditor();
  await fetch(`${url}/api/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-tenant-id": editor.tenant.id,
      "x-request-id": "from-the-gateway",
      authorization: `Bearer ${await client.tokenFor(editor)}`,
    },
    body: JSON.stringify({ query: "{ __typename }" }),
  });
  const { actor } = editor;
  expect(lines).toEqual([
    {
      level: 30,
      time: expect.any(String),
      requestId: "from-the-gateway",
      method: "POST",
      path: "/api/graphql",
      status: 200,
      ms: expect.any(Number),
      bytes: 31,
      address: "127.0.0.1",
      tenant: editor.tenant.slug,
      actor: "user",
      userId: actor.kind === "user" && actor.userId,
      msg: "request",
    },
  ]);
});

test("neither query strings nor bodies nor addresses of people are in it", async () => {
  const { tenant } = await anEditor();
  const body = JSON.stringify({ email: "ann@shop.example", password: "a long password" });
  await fetch(`${url}/api/auth/login?password=s3cret`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant-id": tenant.id },
    body,
  });
  await fetch(`${url}/api/nothing/ann@shop.example`);
  expect(lines).toMatchObject([
    { path: "/api/auth/login", status: 401, actor: "anonymous" },
    { path: "/api/nothing/[e-mail]", status: 404 },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/ann@|s3cret|a long password/);
});

test("what went wrong on our side is found by the number that the caller is shown", async () => {
  const { tenant } = await anEditor();
  const broken = await serve({
    log,
    tenants: {
      ...(await theTenants()),
      find: () => Promise.reject(new Error("postgres://app:s3cret@db.example is gone")),
    },
  });
  const answer = await fetch(`${broken.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant-id": tenant.id },
    body: "{}",
  });
  const { error } = (await answer.json()) as { error: { details: { incident: string } } };
  expect(answer.status).toBe(500);
  expect(lines).toMatchObject([
    {
      incident: error.details.incident,
      requestId: answer.headers.get("x-request-id"),
      err: { message: "postgres://[redacted]@db.example is gone" },
    },
    { status: 500 },
  ]);
});
