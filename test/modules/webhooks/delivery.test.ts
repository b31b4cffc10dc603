import { afterEach, beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { NotToBeRetried } from "#kernel/jobs/job";
import { createProduct, products } from "#modules/commerce";
import { deliver, endpoints } from "#modules/webhooks";
import { eventsOf, installation } from "#test/installation";
import { type Answer, aReceiver, status, verified, webhooksGoHere } from "./a-receiver.ts";
import { anEndpoint, atWork, attempt, deliverAll, deliveriesOf } from "./an-endpoint.ts";

const { anEditor, owner } = await installation();
await webhooksGoHere();

let editor: RequestContext;
let receiver: Awaited<ReturnType<typeof aReceiver>>;
beforeEach(async () => {
  editor = await anEditor();
  receiver = await aReceiver();
});
afterEach(() => webhooksGoHere());

const aProduct = (ctx: RequestContext, given: object = {}) =>
  products.create(
    ctx,
    createProduct(ctx.tenant).parse({
      handle: "lamp",
      status: "published",
      translations: [{ locale: "en", title: "Lamp" }],
      variants: [{}],
      ...given,
    }),
  );

test("a message is signed, names the event and shows what is public", async () => {
  const { secret } = await anEndpoint(editor, {
    url: receiver.url,
    patterns: ["product.created"],
    headers: [{ name: "Authorization", value: "Bearer theirs" }],
  });
  const product = await aProduct(editor);
  await deliverAll(editor);
  const [received, ...rest] = receiver.received;
  expect(rest).toEqual([]);
  expect(received?.headers).toMatchObject({
    authorization: "Bearer theirs",
    "content-type": "application/json",
    "user-agent": "RusTok-Webhooks/1.0",
  });
  const { rows } = await owner.query<{ id: string }>(
    "select id from sys_events where type = 'product.created' and tenant_id = $1",
    [editor.tenant.id],
  );
  expect(received?.headers["webhook-id"]).toBe(rows[0]?.id);
  expect(received && verified(received, secret)).toMatchObject({
    type: "product.created",
    apiVersion: "2026-11-23",
    tenantId: editor.tenant.id,
    data: {
      productId: product.id,
      revision: 1,
      snapshot: {
        kind: "product",
        id: product.id,
        revision: 1,
        documents: { en: { title: "Lamp", handle: "lamp" }, de: { locale: "en" } },
      },
    },
  });
  expect(await deliveriesOf(editor)).toMatchObject([{ status: "delivered", attempts: 1 }]);
});

test("of a draft nothing is shown but that there is one; other patterns and tenants hear nothing", async () => {
  const { secret } = await anEndpoint(editor, { url: receiver.url, patterns: ["product.created"] });
  const elsewhere = await aReceiver();
  await anEndpoint(editor, { url: elsewhere.url, patterns: ["node.*"] });
  await anEndpoint(await anEditor(), { url: elsewhere.url });
  await aProduct(editor, { status: "draft" });
  await deliverAll(editor);
  const [received] = receiver.received;
  expect(received && verified(received, secret).data.snapshot).toMatchObject({ documents: null });
  expect(elsewhere.received).toEqual([]);
});

test("for a day after a rotation both secrets verify, then only the new one", async () => {
  const old = await anEndpoint(editor, { url: receiver.url, patterns: ["product.created"] });
  const { secret } = await endpoints.rotateSecret(editor, { id: old.id });
  await aProduct(editor);
  await deliverAll(editor);
  await owner.query(
    "update webhook_endpoints set previous_secret_until = now() - interval '1 s' where id = $1",
    [old.id],
  );
  await aProduct(editor, { handle: "other" });
  await deliverAll(editor);
  const [first, second] = receiver.received;
  if (!first || !second) throw new Error("There were no two messages.");
  expect(verified(first, secret)).toEqual(verified(first, old.secret));
  expect(first.headers["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
  expect(verified(second, secret).type).toBe("product.created");
  expect(() => verified(second, old.secret)).toThrow("No matching signature");
});

const hours = 3_600_000;

test("it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then is a dead letter", async () => {
  receiver.answerWith(status(500));
  await anEndpoint(editor, { url: receiver.url, patterns: ["product.created"] });
  await aProduct(editor);
  await deliverAll(editor);
  const waits: number[] = [];
  for (;;) {
    const [delivery] = await deliveriesOf(editor);
    if (!delivery?.nextAfterMs) break;
    waits.push(delivery.nextAfterMs);
    const thrown = await attempt(editor, delivery);
    if (waits.length === 9) expect(thrown).toBeInstanceOf(NotToBeRetried);
    else expect(thrown).toBeUndefined();
  }
  const schedule = [5_000, 300_000, 1_800_000, ...[2, 5, 10, 14, 20, 24].map((h) => h * hours)];
  expect(waits.length).toBe(schedule.length);
  for (const [index, wait] of waits.entries()) {
    const least = schedule[index] ?? 0;
    // It is counted from when the attempt had ended, to which writing that down is added.
    expect(wait, `wait ${index}`).toBeGreaterThanOrEqual(least - 1);
    expect(wait, `wait ${index}`).toBeLessThanOrEqual(least * 1.1 + 3_000);
  }
  expect(await deliveriesOf(editor)).toMatchObject([
    { status: "failed", attempts: 10, problem: "Answered 500." },
  ]);
  expect(receiver.received.length).toBe(10);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

test("a receiver that asks for more time gets it, a day at most", async () => {
  await anEndpoint(editor, { url: receiver.url, patterns: ["product.created"] });
  await aProduct(editor);
  receiver.answerWith(status(429, { "retry-after": "120" }));
  await deliverAll(editor);
  const [first] = await deliveriesOf(editor);
  expect(first?.nextAfterMs).toBeGreaterThan(119_000);
  expect(first?.nextAfterMs).toBeLessThan(125_000);
  receiver.answerWith(status(503, { "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" }));
  if (first) await attempt(editor, first);
  const [second] = await deliveriesOf(editor);
  expect(second?.nextAfterMs).toBeGreaterThan(24 * hours - 2_000);
  expect(second?.nextAfterMs).toBeLessThan(24 * hours + 5_000);
});

const silent: Answer = () => {};
const silences: Answer[] = [silent, (response) => void response.destroy()];

test("a redirect, no answer in time and a lost connection are failures, each with its reason", async () => {
  await anEndpoint(editor, { url: receiver.url, patterns: ["product.created"] });
  await aProduct(editor);
  const elsewhere = await aReceiver();
  receiver.answerWith(status(302, { location: elsewhere.url }));
  await deliverAll(editor);
  const problems: (string | null)[] = [];
  for (const answer of silences) {
    const [delivery] = await deliveriesOf(editor);
    problems.push(delivery?.problem ?? null);
    receiver.answerWith(answer);
    // So short for who is silent alone: others may be held up by a busy machine.
    await webhooksGoHere(answer === silent ? { timeoutMs: 1_000 } : {});
    if (delivery) await attempt(editor, delivery);
  }
  problems.push((await deliveriesOf(editor))[0]?.problem ?? null);
  expect(problems).toEqual([
    "Answered 302: redirects are not followed.",
    "There was no answer within 1 s.",
    "The request failed: ECONNRESET.",
  ]);
  expect(elsewhere.connections()).toBe(0);
});

test("of an answer without end only the beginning is read, and its status counts", async () => {
  await anEndpoint(editor, { url: receiver.url, patterns: ["product.created"] });
  await aProduct(editor);
  let written = 0;
  receiver.answerWith((response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536))) written += 65_536;
    };
    response.on("drain", more);
    more();
  });
  await deliverAll(editor);
  expect(await deliveriesOf(editor)).toMatchObject([{ status: "delivered" }]);
  const { rows } = await owner.query<{ length: number }>(
    "select length(excerpt) as length from webhook_attempts where tenant_id = $1",
    [editor.tenant.id],
  );
  expect(rows).toEqual([{ length: 1_000 }]);
  expect(written).toBeLessThan(16 * 1024 * 1024);
});

test("410 disables at once and is announced; what waits for the endpoint is over", async () => {
  const { id } = await anEndpoint(editor, { url: receiver.url, patterns: ["product.created"] });
  await aProduct(editor);
  await aProduct(editor, { handle: "other" });
  receiver.answerWith(status(410));
  await deliverAll(editor);
  expect(receiver.received.length).toBe(1);
  expect(await deliveriesOf(editor)).toMatchObject([
    { status: "failed", problem: "Answered 410." },
    { status: "failed", problem: "The endpoint was disabled." },
  ]);
  expect((await eventsOf(editor)).filter(({ type }) => type.endsWith("disabled"))).toEqual([
    {
      type: "webhook.endpoint-disabled",
      payload: { endpointId: id, revision: 2, reason: "gone" },
    },
  ]);
  await aProduct(editor, { handle: "third" });
  await deliverAll(editor);
  expect((await deliveriesOf(editor)).length).toBe(2);
});

test("five days of nothing but failures disable, a day less does not, and a success in between counts", async () => {
  const { id } = await anEndpoint(editor, { url: receiver.url, patterns: ["product.created"] });
  const failingFor = (interval: string) =>
    owner.query("update webhook_endpoints set failing_since = now() - $2::interval where id = $1", [
      id,
      interval,
    ]);
  const disabled = async () =>
    (await eventsOf(editor)).filter(({ type }) => type === "webhook.endpoint-disabled");
  receiver.answerWith(status(500));
  await aProduct(editor);
  await failingFor("4 days 23 hours");
  await deliverAll(editor);
  expect(await disabled()).toEqual([]);
  receiver.answerWith(status(200));
  const [delivery] = await deliveriesOf(editor);
  if (delivery) await attempt(editor, delivery);
  const { rows } = await owner.query("select failing_since from webhook_endpoints where id = $1", [
    id,
  ]);
  expect(rows).toEqual([{ failing_since: null }]);
  receiver.answerWith(status(500));
  await aProduct(editor, { handle: "other" });
  await failingFor("5 days");
  await deliverAll(editor);
  expect(await disabled()).toMatchObject([{ payload: { endpointId: id, reason: "failing" } }]);
});

test("two jobs for one delivery send it once", async () => {
  await anEndpoint(editor, { url: receiver.url, patterns: ["product.created"] });
  await aProduct(editor);
  await deliverAll(editor);
  const [delivery] = await deliveriesOf(editor);
  await owner.query(
    "update webhook_deliveries set status = 'pending', queued = true, next_attempt_at = now() where id = $1",
    [delivery?.id],
  );
  const job = { deliveryId: delivery?.id ?? "", endpointId: delivery?.endpointId ?? "" };
  await Promise.all([1, 2, 3].map(() => deliver(atWork(editor), job)));
  expect(receiver.received.length).toBe(2);
});
