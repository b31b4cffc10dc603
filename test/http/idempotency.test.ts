import { beforeEach, expect, test } from "vitest";
import type { Actor, RequestContext } from "#kernel/context";
import { Conflict, RateLimited } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { forgetOldKeys } from "#kernel/rest/idempotency";
import { installation } from "#test/installation";
import { serve, server } from "#test/server";
import { aProbe } from "./probe-module.ts";

const { anEditor, aTenant, owner } = await installation();
const { tokenFor } = await server();
const probe = aProbe();
const { url } = await serve({ registry: probe.registry });

/** Somebody who may write notes. */
async function aWriter(tenant?: RequestContext["tenant"]): Promise<RequestContext> {
  const editor = await anEditor(tenant);
  return {
    ...editor,
    actor: {
      kind: "user",
      userId: newId(),
      sessionId: newId(),
      permissions: new Set(["notes:write"]),
    },
  };
}

let writer: RequestContext;
beforeEach(async () => {
  writer = await aWriter();
  probe.notes.length = 0;
  delete probe.holdUp;
  delete probe.failure;
});

interface Sent {
  by?: RequestContext;
  path?: string;
  method?: string;
  text?: string;
}

async function send(key: string | undefined, { by = writer, ...sent }: Sent = {}) {
  const { path = "/api/v1/notes", method = "POST", text = "milk" } = sent;
  const answer = await fetch(url + path, {
    method,
    headers: {
      "content-type": "application/json",
      "x-tenant-id": by.tenant.id,
      authorization: `Bearer ${await tokenFor(by)}`,
      ...(key !== undefined && { "idempotency-key": key }),
    },
    ...(method === "POST" && { body: JSON.stringify({ text }) }),
  });
  const body = await answer.text();
  return {
    status: answer.status,
    body,
    type: answer.headers.get("content-type"),
    replayed: answer.headers.get("idempotent-replayed"),
    code: body && (JSON.parse(body) as { error?: { code: string } }).error?.code,
  };
}

test("the same call is carried out once, and answered the same to the byte", async () => {
  const first = await send("one");
  expect([first.status, first.body, first.replayed]).toEqual([201, '{"id":0,"text":"milk"}', null]);
  expect(await send("one")).toEqual({ ...first, replayed: "true" });
  expect(probe.notes).toEqual(["milk"]);
  await send(undefined);
  expect(probe.notes).toEqual(["milk", "milk"]);
});

test("so is one that answers nothing", async () => {
  const clear = { method: "DELETE" };
  expect(await send("two", clear)).toMatchObject({ status: 204, body: "", replayed: null });
  probe.notes.push("tea");
  expect(await send("two", clear)).toMatchObject({ status: 204, body: "", replayed: "true" });
  expect(probe.notes).toEqual(["tea"]);
});

test("of ten at once one is carried out; the others hear that it is under way, or its answer", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  probe.holdUp = promise;
  const calls = Array.from({ length: 10 }, () => send("many"));
  const underWay: Awaited<(typeof calls)[number]>[] = [];
  for (const call of calls) void call.then((answer) => underWay.push(answer));
  await expect.poll(() => underWay.length, { timeout: 10_000 }).toBe(9);
  expect(new Set(underWay.map(({ status, code }) => `${status} ${code}`))).toEqual(
    new Set(["409 CONFLICT"]),
  );
  resolve();
  const answers = await Promise.all(calls);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(probe.notes).toEqual(["milk"]);
  expect(await send("many")).toMatchObject({ status: 201, replayed: "true" });
});

test("another body or another address under the same key is refused, and changes nothing", async () => {
  await send("three");
  const refused = { status: 422, code: "BAD_USER_INPUT", replayed: null };
  expect(await send("three", { text: "tea" })).toMatchObject(refused);
  expect(await send("three", { path: "/api/v1/notes?again" })).toMatchObject(refused);
  expect(probe.notes).toEqual(["milk"]);
});

test("a key is its caller's: another one, and another tenant, may use the same", async () => {
  await send("mine");
  expect(await send("mine", { by: await aWriter(writer.tenant) })).toMatchObject({
    replayed: null,
  });
  const { actor } = writer;
  const elsewhere = { ...writer, tenant: await aTenant(), actor };
  expect(await send("mine", { by: elsewhere })).toMatchObject({ replayed: null });
  expect(probe.notes).toHaveLength(3);
});

test("an integration's keys are its own, too", async () => {
  const apiKey: Actor = {
    kind: "apiKey",
    keyId: newId(),
    permissions: new Set(["notes:write"]),
  };
  const { url } = await serve({ registry: probe.registry, findActor: async () => apiKey });
  const as = { "x-tenant-id": writer.tenant.id, authorization: "Bearer rtk_a-key" };
  const write = () =>
    fetch(`${url}/api/v1/notes`, {
      method: "POST",
      headers: { ...as, "content-type": "application/json", "idempotency-key": "its" },
      body: JSON.stringify({ text: "milk" }),
    });
  expect((await write()).headers.get("idempotent-replayed")).toBe(null);
  expect((await write()).headers.get("idempotent-replayed")).toBe("true");
  apiKey.keyId = newId();
  expect((await write()).headers.get("idempotent-replayed")).toBe(null);
  expect(probe.notes).toHaveLength(2);
});

test("what a rule refused stays refused; what failed on our side or came too soon is tried again", async () => {
  probe.failure = new Conflict("There is milk already.");
  const refused = await send("four");
  expect(refused).toMatchObject({ status: 409, code: "CONFLICT", replayed: null });
  delete probe.failure;
  expect(await send("four")).toEqual({ ...refused, replayed: "true" });

  probe.failure = new Error("the disk is full");
  expect(await send("five")).toMatchObject({ status: 500, code: "INTERNAL" });
  delete probe.failure;
  expect(await send("five")).toMatchObject({ status: 201, replayed: null });

  probe.failure = new RateLimited(300);
  expect(await send("six")).toMatchObject({ status: 429, code: "RATE_LIMITED" });
  delete probe.failure;
  expect(await send("six")).toMatchObject({ status: 201, replayed: null });
  expect(probe.notes).toEqual(["milk", "milk"]);
});

test("what was wrong with the request is not kept: put right, the key is good", async () => {
  expect(await send("wrong", { text: "" })).toMatchObject({ status: 400 });
  expect(await send("wrong")).toMatchObject({ status: 201, replayed: null });
});

test("no key is taken where the answer is a secret, for a public call, or when it is no key", async () => {
  const refused = { status: 400, code: "BAD_USER_INPUT" };
  expect(await send("seven", { path: "/api/v1/notes/key" })).toMatchObject(refused);
  expect(await send("seven", { path: "/api/auth/login" })).toMatchObject({ status: 400 });
  expect(await send("a key")).toMatchObject(refused);
  expect(await send("k".repeat(256))).toMatchObject(refused);
  expect(probe.notes).toEqual([]);
  const { rows } = await owner.query("select from idempotency_keys where tenant_id = $1", [
    writer.tenant.id,
  ]);
  expect(rows).toEqual([]);
});

const age = (interval: string) =>
  owner.query("update idempotency_keys set claimed_at = claimed_at - $2::interval where key = $1", [
    "old",
    interval,
  ]);

test("an answer is kept for a day, then forgotten, with or without the job that clears away", async () => {
  await send("old");
  await age("23 hours 59 minutes");
  expect(await forgetOldKeys(writer)).toBe(0);
  expect(await send("old")).toMatchObject({ replayed: "true" });
  await age("2 minutes");
  expect(await send("old")).toMatchObject({ status: 201, replayed: null });
  await age("25 hours");
  expect(await forgetOldKeys(writer)).toBe(1);
});

test("a call whose process died is carried out anew after five minutes", async () => {
  await send("old");
  await owner.query("update idempotency_keys set status = null, body = null where key = 'old'");
  await age("4 minutes");
  expect(await send("old")).toMatchObject({ status: 409, code: "CONFLICT" });
  await age("2 minutes");
  expect(await send("old")).toMatchObject({ status: 201, replayed: null });
  expect(probe.notes).toEqual(["milk", "milk"]);
});
