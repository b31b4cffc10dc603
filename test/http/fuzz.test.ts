import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import { newId } from "#kernel/ids";
import { installation } from "#test/installation";
import { aMailbox } from "#test/mailbox";
import { serve, server } from "#test/server";
import { aProbe } from "./probe-module.ts";

const { anEditor, aTenant } = await installation();
const { tokenFor } = await server();
const probe = aProbe();
probe.notes.push("milk");
const { url } = await serve({ registry: probe.registry });
// With a site, without which there are no feeds.
const editor = await anEditor(await aTenant({ domains: ["fuzzed.example"] }));
const { actor } = editor;
const permissions = new Set(probe.registry.permissions);
// What people are sent by mail is written, and left.
await aMailbox();

/** Each operation is asked in a session of its own: some end it. */
const aToken = () =>
  tokenFor({
    ...editor,
    actor: actor.kind === "user" ? { ...actor, sessionId: newId(), permissions } : actor,
  });

interface Schema {
  properties?: Record<string, Schema>;
}
interface Operation {
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
const described = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(described.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
);

/** Any text, with what tends to be taken apart: separators, NUL, halves of characters. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "0", "-1", "1e999", "null", "\0", "%00", "../..", "' or 1=1 --", "𝔘\ud800"),
);
const anything = fc.oneof(text, fc.jsonValue(), fc.integer(), fc.constant(null));
/** As an HTTP header may hold it. */
const headerText = fc.string({
  unit: fc.constantFrom(...Array.from("abzAZ019 -_.,:;/\"'%é~")),
  maxLength: 40,
});

/** What the operation takes, by name, filled with anything. */
function sent({ parameters = [], requestBody }: Operation) {
  const named = (place: string) =>
    parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
  const filled = (names: string[], value: fc.Arbitrary<unknown>) =>
    fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
  const { schema } = requestBody?.content["application/json"] ?? {};
  const body = fc.oneof(filled(Object.keys(schema?.properties ?? {}), anything), fc.jsonValue());
  return fc.record({
    path: fc.record(Object.fromEntries(named("path").map((name) => [name, text]))),
    query: filled([...named("query"), "unknown"], text),
    headers: filled([...named("header"), "if-none-match", "x-request-id"], headerText),
    body: fc.oneof(
      body.map((value) => JSON.stringify(value)),
      text,
    ),
    signedIn: fc.boolean(),
    ours: fc.boolean(),
  });
}

describe.each(operations)("$method $path", ({ method, path, operation }) => {
  test("answers whatever it is sent with what it says, and never fails", async () => {
    const token = await aToken();
    await fc.assert(
      fc.asyncProperty(sent(operation), async (given) => {
        const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
          encodeURIComponent(given.path[name]?.toWellFormed() || "0"),
        );
        const query = new URLSearchParams(given.query as Record<string, string>);
        const headers = new Headers(given.headers as Record<string, string>);
        if (given.ours) headers.set("x-tenant-id", editor.tenant.id);
        if (given.signedIn) headers.set("authorization", `Bearer ${token}`);
        headers.set("content-type", "application/json");
        const answer = await fetch(`${url}${filled}?${query}`, {
          method: method.toUpperCase(),
          headers,
          ...(operation.requestBody && { body: given.body }),
        });
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 25 },
    );
  });
});

const schemathesis = process.env["SCHEMATHESIS_BIN"] ?? "schemathesis";
const installed = (() => {
  try {
    execFileSync(schemathesis, ["--version"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
})();

const checks =
  "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance";

test.runIf(installed)("schemathesis finds nothing", { timeout: 120_000 }, async () => {
  const settings = `--checks ${checks} --max-examples 20 --phases examples,coverage,fuzzing --seed 1`;
  const headers = [`X-Tenant-Id: ${editor.tenant.id}`, `Authorization: Bearer ${await aToken()}`];
  const words = [
    "run",
    `${url}/api/openapi.json`,
    "--no-color",
    ...settings.split(" "),
    ...headers.flatMap((header) => ["--header", header]),
  ];
  const run = promisify(execFile)(schemathesis, words, { cwd: inject("runFolder") });
  const found = await run.then(
    () => "",
    ({ stdout }: { stdout: string }) => stdout,
  );
  expect(found).toBe("");
});
