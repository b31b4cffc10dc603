import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeEach, expect, test } from "vitest";
import { newId } from "#kernel/ids";
import { eventsOf, installation, registry } from "#test/installation";
import { server } from "#test/server";
import { aShop, type Shop } from "#test/shop";
import { told } from "../../../src/commands/trace.ts";
import { deliveriesOf as tracedOf, webhookSteps } from "#modules/webhooks";
import { trace } from "#modules/index";
import { aReceiver, verified, webhooksGoHere } from "./a-receiver.ts";
import { anEndpoint, deliverAll } from "./an-endpoint.ts";

const { owner } = await installation();
const client = await server();
await webhooksGoHere();

let shop: Shop;
let token: string;
beforeEach(async () => {
  shop = await aShop();
  token = await client.tokenFor(shop.editor);
});

const rest = async (method: string, path: string, body?: unknown) => {
  const answer = await client.fetch(`/api/v1/webhook-endpoints${path}`, {
    method,
    headers: {
      "x-tenant-id": shop.editor.tenant.id,
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as never };
};

const create = `mutation ($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) { secret endpoint { id status headerNames apiVersion } } }`;

test("the secret and the headers are shown once, and are sealed where they are kept", async () => {
  const { createWebhookEndpoint: made } = await shop.edit<{
    createWebhookEndpoint: { secret: string; endpoint: { id: string } };
  }>(create, {
    input: {
      url: "https://example.com/hook",
      patterns: ["product.*"],
      headers: [{ name: "Authorization", value: "Bearer hidden" }],
    },
  });
  expect(made).toMatchObject({
    secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    endpoint: { status: "ACTIVE", headerNames: ["Authorization"], apiVersion: "2026-11-23" },
  });
  const { rows } = await owner.query("select * from webhook_endpoints where id = $1", [
    made.endpoint.id,
  ]);
  expect(JSON.stringify(rows)).not.toContain(made.secret.slice(6));
  expect(JSON.stringify(rows)).not.toContain("hidden");
  const read = await rest("GET", `/${made.endpoint.id}`);
  expect(read.status).toBe(200);
  expect(JSON.stringify(read.body)).not.toMatch(/whsec_|hidden/);
});

test("every fault of an endpoint is named, and nothing is made", async () => {
  const { errors } = await client.graphql(
    shop.editor.tenant,
    create,
    {
      input: {
        url: "ftp://user:pass@example.com/#x",
        patterns: ["product", "*"],
        apiVersion: "1999-01-01",
        headers: [
          { name: "Webhook-Id", value: "1" },
          { name: "Content-Type", value: "text/plain" },
          { name: "Host", value: "elsewhere" },
          { name: "X Y", value: "a\nb" },
          { name: "X-One", value: "1" },
          { name: "x-one", value: "2" },
        ],
      },
    },
    token,
  );
  const issues = errors?.[0]?.extensions["issues"] as { path: (string | number)[] }[];
  expect(new Set(issues.map(({ path }) => path.join(".")))).toEqual(
    new Set([
      "url",
      "patterns.0",
      "apiVersion",
      "headers.0.name",
      "headers.1.name",
      "headers.2.name",
      "headers.3.name",
      "headers.3.value",
      "headers.5",
    ]),
  );
  expect(await rest("GET", "")).toEqual({ status: 200, body: { endpoints: [] } });
});

test("addresses that may not be reached, and events there are none of, are refused at once", async () => {
  await webhooksGoHere({ allowedRanges: [], allowHttp: false });
  const patterns = ["*"];
  for (const url of ["https://2130706433/", "https://[::ffff:a00:1]/", "http://example.com/"]) {
    expect(await rest("POST", "", { url, patterns })).toMatchObject({
      status: 400,
      body: { error: { code: "BAD_USER_INPUT", details: { issues: [{ path: ["url"] }] } } },
    });
  }
  const unknown = { url: "https://example.com/", patterns: ["products.*", "product.*"] };
  expect(await rest("POST", "", unknown)).toMatchObject({
    status: 400,
    body: { error: { details: { issues: [{ path: ["patterns", 0] }] } } },
  });
  // What others never hear of cannot be asked for either.
  const internal = { url: "https://example.com/", patterns: ["webhook.delivery-queued"] };
  expect((await rest("POST", "", internal)).status).toBe(400);
  await webhooksGoHere();
});

test("over REST: create, change, test, rotate, replay, enable, remove", async () => {
  const receiver = await aReceiver();
  const made = await rest("POST", "", { url: receiver.url, patterns: ["*"] });
  expect(made.status).toBe(201);
  const { endpoint, secret } = made.body as { endpoint: { id: string }; secret: string };
  const below = `/${endpoint.id}`;
  expect(await rest("PATCH", below, { description: "Ours", revision: 1 })).toMatchObject({
    status: 200,
    body: { description: "Ours", revision: 2 },
  });
  expect((await rest("PATCH", below, { description: "Late", revision: 1 })).status).toBe(409);
  expect(await rest("POST", `${below}/test`)).toMatchObject({
    status: 200,
    body: { succeeded: true, statusCode: 204, problem: null },
  });
  const [tested] = receiver.received;
  expect(tested && verified(tested, secret)).toMatchObject({
    type: "webhook.test",
    data: { endpointId: endpoint.id, snapshot: null },
  });
  const rotated = await rest("POST", `${below}/rotate-secret`);
  expect((rotated.body as { secret: string }).secret).not.toBe(secret);
  const { rows } = await owner.query<{ id: string }>(
    "select id from sys_events where tenant_id = $1 order by id limit 1",
    [shop.editor.tenant.id],
  );
  expect((await rest("POST", `${below}/replay`, { sinceEventId: rows[0]?.id })).status).toBe(202);
  expect((await rest("POST", `${below}/replay`, { sinceEventId: newId() })).status).toBe(400);
  expect((await rest("POST", `${below}/replay`, {})).status).toBe(400);
  expect((await rest("POST", `${below}/enable`)).status).toBe(200);
  expect((await rest("DELETE", below)).status).toBe(204);
  expect((await rest("GET", below)).status).toBe(404);
});

test("attempts can be searched, a delivery be sent again, and a trace shows both", async () => {
  const receiver = await aReceiver();
  const { id } = await anEndpoint(shop.editor, { url: receiver.url, patterns: ["tag.*"] });
  await shop.create("Tag", { scope: "product", handle: "light", name: "Light" });
  receiver.answerWith((response) => response.writeHead(418).end("I am a teapot"));
  await deliverAll(shop.editor);
  const found = await shop.edit<{
    webhookAttempts: { totalCount: number; edges: { node: { deliveryId: string } }[] };
  }>(
    `query ($id: Id!) { webhookAttempts(filter: {
       endpointId: { eq: $id }, succeeded: false, statusCode: { gte: 400, lte: 499 },
       excerpt: { contains: "teapot" }, eventType: { eq: "tag.created" } }) {
       totalCount edges { node { deliveryId attempt durationMs problem nextAttemptAt } } } }`,
    { id },
  );
  expect(found.webhookAttempts).toMatchObject({
    totalCount: 1,
    edges: [{ node: { attempt: 1, problem: "Answered 418." } }],
  });
  const replay = () =>
    client.graphql(
      shop.editor.tenant,
      "mutation ($id: Id!) { replayWebhookDelivery(input: { id: $id }) { status attempts } }",
      { id: found.webhookAttempts.edges[0]?.node.deliveryId },
      token,
    );
  expect((await replay()).errors?.[0]?.extensions["code"]).toBe("CONFLICT");
  receiver.answerWith((response) => response.writeHead(204).end());
  await owner.query("update webhook_deliveries set queued = true where endpoint_id = $1", [id]);
  await deliverAll(shop.editor);
  expect((await replay()).data).toEqual({
    replayWebhookDelivery: { status: "PENDING", attempts: 0 },
  });
  await deliverAll(shop.editor);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);

  const eventId = String(receiver.received[0]?.headers["webhook-id"]);
  const { trace: traced } = await shop.edit<{ trace: { webhooks: unknown[] } }>(
    `query ($id: Id!) { trace(eventId: $id) { webhooks {
       url delivery { status } attempts { succeeded statusCode } } } }`,
    { id: eventId },
  );
  expect(traced.webhooks).toEqual([
    {
      url: receiver.url,
      delivery: { status: "DELIVERED" },
      attempts: [
        { succeeded: false, statusCode: 418 },
        { succeeded: true, statusCode: 204 },
        { succeeded: true, statusCode: 204 },
      ],
    },
  ]);
  const whole = await trace(shop.editor, eventId);
  if (!whole) throw new Error("There is no trace.");
  const lines = told("here", whole, webhookSteps(await tracedOf(shop.editor, eventId)));
  expect(lines).toContain(`webhook to ${receiver.url}: attempt 1 failed: Answered 418.`);
  expect(lines).toContain(`webhook to ${receiver.url}: attempt 1 answered 204`);
});

test("every event that is published has a schema and an example that it is true of", async () => {
  const answer = await client.fetch("/api/events", {
    headers: { "x-tenant-id": shop.editor.tenant.id },
  });
  const { events } = (await answer.json()) as {
    events: { type: string; schema: object; example: unknown }[];
  };
  const declared = registry.events.filter(({ internal }) => !internal).map(({ type }) => type);
  expect(events.map(({ type }) => type)).toEqual(declared.toSorted());
  expect(events.map(({ type }) => type)).not.toContain("webhook.delivery-queued");
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  for (const { type, schema, example } of events) {
    expect([type, ajv.validate(schema, example), ajv.errorsText()]).toEqual([
      type,
      true,
      "No errors",
    ]);
  }
  const receiver = await aReceiver();
  const { secret } = await anEndpoint(shop.editor, { url: receiver.url });
  await shop.create("Product", {
    handle: "lamp",
    status: "published",
    translations: [{ locale: "en", title: "Lamp" }],
    variants: [{}],
  });
  await shop.create("Tag", { scope: "product", handle: "light", name: "Light" });
  await shop.create("Category", {
    scope: "product",
    handle: "home",
    translations: [{ locale: "en", name: "Home" }],
  });
  await deliverAll(shop.editor);
  expect(receiver.received.length).toBeGreaterThanOrEqual(4);
  for (const one of receiver.received) {
    const message = verified(one, secret);
    const schema = events.find(({ type }) => type === message.type)?.schema ?? false;
    expect([message.type, ajv.validate(schema, message), ajv.errorsText()]).toEqual([
      message.type,
      true,
      "No errors",
    ]);
  }
});

test("what comes of endpoints is on record, and no secret with it", async () => {
  await shop.edit(create, { input: { url: "https://example.com/", patterns: ["*"] } });
  expect((await eventsOf(shop.editor)).map(({ type }) => type)).toEqual([
    "webhook.endpoint-created",
  ]);
  expect(JSON.stringify(await eventsOf(shop.editor))).not.toContain("whsec_");
});
