import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemContext, type RequestContext, type Tenant } from "#kernel/context";
import { newId } from "#kernel/ids";
import { createUser, users } from "#modules/accounts";
import { comments } from "#modules/blog";
import { createProduct, inventory, locations, products } from "#modules/commerce";
import { createNode, nodes } from "#modules/content";
import { tell, watchStock } from "#modules/notifications";
import { settled, startBackground } from "#test/background";
import { installation, log } from "#test/installation";
import { aMailbox, type Mailbox } from "#test/mailbox";
import { server } from "#test/server";

const { aTenant, db, owner, anEditor } = await installation();
const client = await server();
const background = await startBackground();
afterAll(() => background.stop());

let mailbox: Mailbox;
let tenant: Tenant;
let ctx: RequestContext;

beforeAll(async () => {
  mailbox = await aMailbox();
});
beforeEach(async () => {
  tenant = await aTenant({ name: "Lamps" });
  ctx = systemContext(db, tenant, log);
  for (const role of ["manager", "editor", "customer"]) await aUser(`${role}@example.com`, role);
  await settled();
  mailbox.mails.length = 0;
});

async function aUser(email: string, role: string): Promise<string> {
  const password = "a password of some length";
  return (await users.create(ctx, createUser.parse({ email, name: "Ann", role, password }))).id;
}

async function sent(kind: string): Promise<string[]> {
  await settled();
  return mailbox.mails
    .filter((mail) => mail.kind === kind)
    .map(({ to }) => to)
    .toSorted();
}

async function aLamp(quantity: number) {
  const { id: locationId } = await locations.create(ctx, { handle: "berlin", name: "Berlin" });
  const product = await products.create(
    ctx,
    createProduct(tenant).parse({
      handle: "lamp",
      translations: [{ locale: "en", title: "Lamp <1>" }],
      options: [{ name: "Colour" }],
      variants: [
        {
          sku: "LAMP-1",
          options: [{ name: "Colour", value: "red" }],
          inventory: [{ locationId, quantity }],
        },
      ],
    }),
  );
  const variantId = product.variants[0]?.id ?? "";
  return {
    variantId,
    count: (counted: number) =>
      inventory.set(ctx, { variantId, locationId, quantity: counted, revision: null }),
  };
}
const lowStock = "notifications.low-stock";

test("low stock is told once for each time it becomes low, to those who may change products", async () => {
  const { variantId, count } = await aLamp(20);
  await settled();
  for (const left of [5, 4, 3]) {
    await count(left);
    await settled();
  }
  expect(await sent(lowStock)).toEqual(["editor@example.com", "manager@example.com"]);
  const mail = mailbox.mails.find(({ kind }) => kind === lowStock);
  expect(mail?.subject).toBe("Low stock at Lamps");
  expect(mail?.text).toContain("Lamp <1>, red (LAMP-1): 5");
  expect(mail?.html).toContain("Lamp &lt;1&gt;, red");
  // The same work again, and by many at a time.
  await Promise.all(Array.from({ length: 5 }, () => watchStock(ctx, [variantId])));
  expect(await sent(lowStock)).toHaveLength(2);

  await count(30);
  await settled();
  await Promise.all([count(2), watchStock(ctx, [variantId]), watchStock(ctx, [variantId])]);
  expect(await sent(lowStock)).toHaveLength(4);
});

test("a variant has its own threshold, and without any it is never low", async () => {
  const { variantId, count } = await aLamp(20);
  const editor = await anEditor(tenant);
  const token = await client.tokenFor(editor);
  const set = async (threshold: number | null) =>
    (
      await client.graphql<{ setLowStockThreshold: object }>(
        tenant,
        `mutation ($input: SetLowStockThresholdInput!) {
           setLowStockThreshold(input: $input) { own threshold isLow } }`,
        { input: { variantId, threshold } },
        token,
      )
    ).data.setLowStockThreshold;
  expect(await set(12)).toEqual({ own: 12, threshold: 12, isLow: false });
  await count(12);
  // The editor of this test is an administrator.
  expect(await sent(lowStock)).toHaveLength(3);
  // A lower one is heard of: there are enough of it then.
  expect(await set(2)).toMatchObject({ threshold: 2 });
  await settled();
  expect(await set(null)).toEqual({ own: null, threshold: 5, isLow: false });
  await owner.query(
    `insert into tenant_settings (tenant_id, module, value) values ($1, 'notifications', '{"lowStockThreshold": null}')`,
    [tenant.id],
  );
  await count(0);
  expect(await sent(lowStock)).toHaveLength(3);
});

test("a comment that awaits moderation is told to moderators, but for those who do without", async () => {
  const id = await aUser("quiet@example.com", "editor");
  await owner.query("insert into notification_opt_outs values ($1, $2, $3)", [
    tenant.id,
    id,
    "notifications.comment-awaits",
  ]);
  const post = await nodes.create(
    ctx,
    createNode(tenant).parse({
      kind: "post",
      status: "published",
      translations: [{ locale: "en", slug: "hello", title: "Hello & <welcome>" }],
    }),
  );
  const visitor: RequestContext = { ...ctx, actor: { kind: "anonymous" } };
  const given = {
    postId: post.id,
    name: "Bob",
    email: "bob@example.com",
    text: "Nice <b>lamp</b>",
  };
  const comment = await comments.submit(visitor, given);
  expect(await sent("notifications.comment-awaits")).toEqual([
    "editor@example.com",
    "manager@example.com",
  ]);
  const mail = mailbox.mails.find(({ kind }) => kind === "notifications.comment-awaits");
  expect(mail?.subject).toBe("A comment on “Hello & <welcome>” awaits moderation");
  expect(mail?.text).toContain("Nice <b>lamp</b>");
  expect(mail?.html).toContain("Nice &lt;b&gt;lamp&lt;/b&gt;");

  // Judged before anybody could be told: no news.
  await comments.moderate(ctx, { id: comment.id, status: "approved" });
  await tell.ofComment(ctx, { eventId: newId(), subjectId: comment.id });
  expect(await sent("notifications.comment-awaits")).toHaveLength(2);
});

test("who can sign in is welcomed once; who was invited is not, and nobody where the tenant says so", async () => {
  const id = await aUser("new@example.com", "customer");
  await users.create(
    ctx,
    createUser.parse({ email: "asked@example.com", name: "B", role: "editor" }),
  );
  expect(await sent("notifications.welcome")).toEqual(["new@example.com"]);
  const { rows } = await owner.query<{ id: string }>(
    "select id from sys_events where tenant_id = $1 and aggregate_id = $2",
    [tenant.id, id],
  );
  await tell.ofUser(ctx, { eventId: rows[0]?.id ?? "", subjectId: id });
  expect(await sent("notifications.welcome")).toHaveLength(1);
  await owner.query(
    `insert into tenant_settings (tenant_id, module, value) values ($1, 'notifications', '{"welcome": false}')`,
    [tenant.id],
  );
  await aUser("later@example.com", "customer");
  expect(await sent("notifications.welcome")).toHaveLength(1);
});

test("of a webhook endpoint that is disabled those are told who may change webhooks", async () => {
  await aUser("administrator@example.com", "administrator");
  const occasion = { eventId: newId(), subjectId: newId(), reason: "gone" };
  await tell.ofWebhookEndpoint(ctx, occasion);
  expect(await sent("notifications.webhook-disabled")).toEqual(["administrator@example.com"]);
});

test("people say for themselves what they do without", async () => {
  const { accessToken } = (await (
    await client.fetch("/api/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json", "x-tenant-id": tenant.id },
      body: JSON.stringify({ email: "editor@example.com", password: "a password of some length" }),
    })
  ).json()) as { accessToken: string };
  const set = (template: string, wanted: boolean) =>
    client.graphql<{ set: { template: string; wanted: boolean }[] }>(
      tenant,
      `mutation ($input: SetNotificationPreferenceInput!) {
         set: setNotificationPreference(input: $input) { template wanted } }`,
      { input: { template, wanted } },
      accessToken,
    );
  expect((await set(lowStock, false)).data.set).toEqual([
    { template: lowStock, wanted: false },
    { template: "notifications.comment-awaits", wanted: true },
  ]);
  const { count } = await aLamp(20);
  await count(1);
  expect(await sent(lowStock)).toEqual(["manager@example.com"]);
  expect((await set(lowStock, true)).data.set[0]).toEqual({ template: lowStock, wanted: true });
  const refused = await set("accounts.password-reset", false);
  expect(refused.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
});
