import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { serve, server } from "#test/server";
import { aProbe } from "./probe-module.ts";

const { anEditor, aTenant } = await installation();
const probe = aProbe();
const { url } = await serve({ registry: probe.registry });
const { id } = await aTenant();
probe.notes.push("milk");

/** As browsers do: `fetch` says of its own accord that it wants nothing kept. */
const revalidating = (tag: string) => ({ "if-none-match": tag, "cache-control": "max-age=0" });

const read = (headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${url}/api/v1/notes/0`, { method, headers: { "x-tenant-id": id, ...headers } });

test("a read carries a tag, and who shows it is told that nothing has changed", async () => {
  const first = await read();
  const tag = first.headers.get("etag") ?? "";
  expect(tag).toMatch(/^"[^"]+"$/);
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  const again = await read(revalidating(tag));
  expect([again.status, await again.text()]).toEqual([304, ""]);
  expect((await read({}, "HEAD")).headers.get("etag")).toBe(tag);

  probe.notes[0] = "oat milk";
  const changed = await read(revalidating(tag));
  expect([changed.status, await changed.json()]).toEqual([200, { id: 0, text: "oat milk" }]);
  expect(changed.headers.get("etag")).not.toBe(tag);
});

test("so does a read that is no JSON", async () => {
  const list = (headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1/notes.txt`, { headers: { "x-tenant-id": id, ...headers } });
  const first = await list();
  expect(first.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await first.text()).toBe(`${probe.notes.join("\n")}\n`);
  const again = await list(revalidating(first.headers.get("etag") ?? ""));
  expect(again.status).toBe(304);
});

test("what is refused and what changes something has no tag and is kept by nobody", async () => {
  const missing = await fetch(`${url}/api/v1/notes/9`, { headers: { "x-tenant-id": id } });
  expect([missing.status, missing.headers.get("etag")]).toEqual([404, null]);
  const signIn = await fetch(`${url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant-id": id },
    body: JSON.stringify({ email: "nobody@shop.example", password: "wrong" }),
  });
  expect([signIn.status, signIn.headers.get("etag")]).toEqual([401, null]);
  const { headers } = await fetch(`${url}/api/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant-id": id },
    body: JSON.stringify({ query: "{ __typename }" }),
  });
  expect([headers.get("etag"), headers.get("cache-control")]).toEqual([null, "no-store"]);
});

test("a condition that cannot be kept is refused rather than passed over", async () => {
  const { tokenFor } = await server();
  const editor = await anEditor();
  const write = (headers: Record<string, string>) =>
    fetch(`${url}/api/v1/notes`, {
      method: "DELETE",
      headers: { "x-tenant-id": editor.tenant.id, ...headers },
    });
  const { actor } = editor;
  const permissions = new Set(["notes:write"]);
  const authorization = `Bearer ${await tokenFor({
    ...editor,
    actor: actor.kind === "user" ? { ...actor, permissions } : actor,
  })}`;
  const before = [...probe.notes];
  const refused = await write({ authorization, "if-match": '"any"' });
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining("If-Match"),
  ]);
  expect(probe.notes).toEqual(before);
  expect((await write({ authorization })).status).toBe(204);
});
