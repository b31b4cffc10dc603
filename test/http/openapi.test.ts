import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { installation, registry } from "#test/installation";
import { serve, server } from "#test/server";
import { describedBy } from "#test/described";
import { operationId } from "../../src/http/openapi/operation-id.ts";
import { systemRoutes } from "../../src/http/system-routes.ts";
import { aProbe } from "./probe-module.ts";

const { aTenant } = await installation();
const client = await server();

interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  security: Record<string, []>[];
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, object>; schemas: Record<string, object> };
}

const documentOf = async (url: string): Promise<Document> =>
  (await fetch(`${url}/api/openapi.json`)).json() as never;
const all = await documentOf(client.url);
const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );

test("every address of the server and of the modules is described, and no other", () => {
  const described = operationsOf(all).map(({ method, path }) => `${method} ${path}`);
  const served = [
    ...systemRoutes.map(({ path }) => `get ${path}`),
    ...registry.routes.map(({ method, path }) => `${method} /api${path}`),
  ];
  expect(described.toSorted()).toEqual(served.toSorted());
  expect(systemRoutes.map(({ path }) => path).toSorted()).toEqual([
    "/.well-known/jwks.json",
    "/api/health",
    "/api/health/live",
    "/api/health/ready",
    "/api/openapi.json",
    "/api/openapi.yaml",
    "/metrics",
    "/swagger",
  ]);
});

test("each operation has a name of its own, a tag, a summary, and says who may call it", () => {
  const ids = operationsOf(all).map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, operation } of operationsOf(all)) {
    expect(operation.tags, path).toHaveLength(1);
    expect(operation.summary, path).not.toBe("");
    for (const scheme of operation.security.flatMap((schemes) => Object.keys(schemes))) {
      expect(all.components.securitySchemes, path).toHaveProperty(scheme);
    }
  }
  expect(operationId("get", "/api/v1/tenants/{tenantId}/feed.xml")).toBe(
    "getTenantsByTenantIdFeedXml",
  );
});

test("it is the same in YAML, and each schema in it is one", async () => {
  const yaml = await client.fetch("/api/openapi.yaml");
  expect(yaml.headers.get("content-type")).toContain("application/yaml");
  expect(parse(await yaml.text())).toEqual(all);
  expect(all.openapi).toBe("3.1.1");
  const ajv = new Ajv2020({ strict: false });
  for (const [name, schema] of Object.entries(all.components.schemas)) {
    expect(ajv.validateSchema(schema), name).toBe(true);
  }
});

test("a route is described by what judges it: parameters, body, answer, refusals", async () => {
  const { url } = await serve({ registry: aProbe().registry });
  const { paths } = await documentOf(url);
  const read = paths["/api/v1/notes/{id}"]?.["get"];
  expect(read?.parameters?.map((parameter) => `${parameter.in} ${parameter.name}`)).toEqual([
    "header X-Tenant-Id",
    "header X-Tenant-Slug",
    "path id",
  ]);
  expect(read?.security).toEqual([{}, { bearer: [] }]);
  expect(Object.keys(read?.responses ?? {})).toEqual([
    "200",
    "304",
    "400",
    "401",
    "403",
    "404",
    "429",
    "500",
  ]);
  const write = paths["/api/v1/notes"]?.["post"];
  expect(write?.security).toEqual([{ bearer: [] }]);
  expect(write?.requestBody?.content["application/json"]?.schema).toMatchObject({
    properties: { text: { type: "string", minLength: 1, maxLength: 100 } },
    required: ["text"],
  });
  expect(write?.parameters?.map(({ name }) => name)).toContain("Idempotency-Key");
  expect(Object.keys(write?.responses ?? {})).toEqual([
    "201",
    "400",
    "401",
    "403",
    "404",
    "409",
    "413",
    "415",
    "422",
    "429",
    "500",
    "501",
    "502",
  ]);
  const key = paths["/api/v1/notes/key"]?.["post"];
  expect(key?.parameters?.map(({ name }) => name)).not.toContain("Idempotency-Key");
});

test("the page of the description loads nothing from elsewhere, and runs its own scripts alone", async () => {
  const page = await client.fetch("/swagger");
  const html = await page.text();
  const policy = page.headers.get("content-security-policy") ?? "";
  const nonce = /script-src 'nonce-([^']+)';/.exec(policy)?.[1] ?? "";
  expect(html.split("<script").length).toBe(html.split(`<script nonce="${nonce}"`).length);
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? "");
  expect(loaded).toHaveLength(4);
  for (const address of loaded) {
    expect(address).toMatch(/^\/swagger\/assets\//);
    const asset = await client.fetch(address);
    expect(asset.status, address).toBe(200);
    expect(asset.headers.get("cache-control")).toContain("immutable");
    await asset.arrayBuffer();
  }
  const [first = ""] = loaded;
  const outside = await client.fetch(first.replace(/[^/]+$/, "..%2fpackage.json"));
  expect(outside.status).toBe(404);
});

/** The control of what all other tests rely on. */
test("an answer that is not described is caught: its status, its body, its type", async () => {
  const probe = aProbe();
  const check = describedBy(probe.registry);
  const url = "http://127.0.0.1/api/v1/notes/0";
  const json = (body: unknown, status = 200) => Response.json(body, { status });
  await expect(check("GET", url, json({ id: 0, text: "milk" }))).resolves.toBeUndefined();
  const caught = async (answer: Response, reason: string) =>
    expect(check("GET", url, answer)).rejects.toThrow(reason);
  await caught(json({ id: 0, text: "milk", price: 1 }), "additional properties");
  await caught(json({ id: "0", text: "milk" }), "must be integer");
  await caught(json({ id: 0 }), "required property 'text'");
  await caught(json({ id: 0, text: "milk" }, 201), "answered 201");
  await caught(new Response("milk"), "as text/plain");
  const refusal = (code: string) => json({ error: { code, message: "", details: {} } }, 404);
  await expect(check("GET", url, refusal("NOT_FOUND"))).resolves.toBeUndefined();
  await caught(refusal("CONFLICT"), "must be equal to one of");
  const nowhere = "http://127.0.0.1/api/v1/nowhere";
  await expect(check("GET", nowhere, refusal("NOT_FOUND"))).resolves.toBeUndefined();
  await expect(check("GET", nowhere, json({ oops: 1 }, 404))).rejects.toThrow("not described");
  await expect(check("GET", nowhere, json({}, 418))).rejects.toThrow("nothing describes");
});

test("and it is caught on its way to a test", async () => {
  const probe = aProbe();
  const { url } = await serve({ registry: probe.registry });
  probe.notes.push(1 as never);
  const { id } = await aTenant();
  await expect(fetch(`${url}/api/v1/notes/0`, { headers: { "x-tenant-id": id } })).rejects.toThrow(
    "GET /api/v1/notes/0 answered 200 with what is not described",
  );
});
