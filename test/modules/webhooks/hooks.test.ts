import { Webhook } from "standardwebhooks";
import { beforeEach, expect, test } from "vitest";
import { newId } from "#kernel/ids";
import { eventsOf, installation } from "#test/installation";
import { server } from "#test/server";
import { aShop, type Shop } from "#test/shop";

const { owner } = await installation();
const client = await server();

let shop: Shop;
let secret: string;
beforeEach(async () => {
  shop = await aShop();
  for (const handle of ["berlin", "hamburg"]) {
    await shop.create("StockLocation", { handle, name: handle });
  }
  await shop.create("Product", {
    handle: "lamp",
    status: "published",
    translations: [{ locale: "en", title: "Lamp" }],
    options: [{ name: "Colour" }],
    variants: ["red", "blue"].map((value) => ({
      sku: `lamp-${value}`,
      options: [{ name: "Colour", value }],
    })),
  });
  secret = await rotate();
  await owner.query("delete from sys_events where tenant_id = $1", [shop.editor.tenant.id]);
});

async function rotate(own?: string): Promise<string> {
  const { made } = await shop.edit<{ made: { secret: string } }>(
    `mutation ($input: RotateHookSecretInput!) {
       made: rotateHookSecret(input: $input) { secret source { hasSecret } } }`,
    { input: { source: "stock-levels", secret: own } },
  );
  return made.secret;
}

interface Sending {
  id?: string;
  at?: Date;
  by?: string;
  source?: string;
  tamper?: (body: string) => string;
}

async function push(message: unknown, sending: Sending = {}) {
  const { id = newId(), at = new Date(), by = secret, source = "stock-levels" } = sending;
  const body = JSON.stringify(message);
  const answer = await client.fetch(`/api/v1/hooks/${source}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-tenant-id": shop.editor.tenant.id,
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(by).sign(id, at, body),
    },
    body: sending.tamper?.(body) ?? body,
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

const counted = (quantity: number, at = "2026-11-23T08:00:00Z", sku = "lamp-red") => ({
  type: "stock.counted",
  timestamp: at,
  data: { levels: [{ sku, location: "berlin", quantity }] },
});

async function stock(): Promise<Record<string, number>> {
  const { rows } = await owner.query<{ sku: string; quantity: number }>(
    `select v.sku, i.quantity from inventory_levels i join product_variants v on v.id = i.variant_id
     where i.tenant_id = $1`,
    [shop.editor.tenant.id],
  );
  return Object.fromEntries(rows.map(({ sku, quantity }) => [sku, quantity]));
}

const heard = async () => (await eventsOf(shop.editor)).map(({ type }) => type);

test("a warehouse pushes what it has counted, once however often it is sent", async () => {
  const id = newId();
  const first = await push(counted(7), { id });
  expect(first).toEqual({ status: 200, body: { duplicate: false } });
  expect(await push(counted(7), { id })).toEqual({ status: 200, body: { duplicate: true } });
  expect(await stock()).toEqual({ "lamp-red": 7 });
  expect(await heard()).toEqual(["inventory.updated"]);
});

test("of many of one message at once one has an effect", async () => {
  const id = newId();
  const answers = await Promise.all([1, 2, 3, 4].map(() => push(counted(7), { id })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(answers.filter(({ body }) => !(body as { duplicate: boolean }).duplicate).length).toBe(1);
  expect(await heard()).toEqual(["inventory.updated"]);
});

test("of two counts the later holds, in whichever order they come", async () => {
  await push(counted(7, "2026-11-23T09:00:00Z"));
  expect((await push(counted(3, "2026-11-23T08:00:00Z"))).status).toBe(200);
  expect(await stock()).toEqual({ "lamp-red": 7 });
  await push(counted(5, "2026-11-23T10:00:00+00:00"));
  expect(await stock()).toEqual({ "lamp-red": 5 });
});

test("nothing is believed without a good signature: tampered, stale, another's, none set", async () => {
  const unbelieved = { status: 401, body: { error: { code: "UNAUTHENTICATED" } } };
  const tamper = (body: string) => body.replace("7", "9");
  const stranger = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
  const past = new Date(Date.now() - 6 * 60_000);
  expect(await push(counted(7), { tamper })).toMatchObject(unbelieved);
  expect(await push(counted(7), { by: stranger })).toMatchObject(unbelieved);
  expect(await push(counted(7), { at: past })).toMatchObject(unbelieved);
  await shop.edit('mutation { deleteHookSecret(input: { source: "stock-levels" }) { hasSecret } }');
  expect(await push(counted(7))).toMatchObject(unbelieved);
  expect(await push(counted(7), { source: "nobody" })).toMatchObject({ status: 404 });
  expect(await stock()).toEqual({});
});

test("for a day after a rotation both secrets are good; a sender may bring its own", async () => {
  const own = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
  expect(await rotate(own)).toBe(own);
  expect((await push(counted(1, "2026-11-23T08:00:00Z"))).status).toBe(200);
  expect((await push(counted(2, "2026-11-23T09:00:00Z"), { by: own })).status).toBe(200);
  await owner.query(
    "update hook_secrets set previous_secret_until = now() - interval '1 s' where tenant_id = $1",
    [shop.editor.tenant.id],
  );
  expect((await push(counted(3, "2026-11-23T10:00:00Z"))).status).toBe(401);
  expect(await stock()).toEqual({ "lamp-red": 2 });
});

test("a message that cannot be taken whole is refused whole, with every fault, and may come again", async () => {
  const id = newId();
  const levels = [
    { sku: "lamp-red", location: "berlin", quantity: 1 },
    { sku: "nothing", location: "berlin", quantity: 1 },
    { sku: "lamp-blue", location: "nowhere", quantity: 1 },
  ];
  const message = { ...counted(1), data: { levels } };
  expect(await push(message, { id })).toMatchObject({
    status: 400,
    body: {
      error: {
        code: "BAD_USER_INPUT",
        details: {
          issues: [
            { path: ["data", "levels", 1, "sku"] },
            { path: ["data", "levels", 2, "location"] },
          ],
        },
      },
    },
  });
  expect(await stock()).toEqual({});
  // Once the product is known, the same message is taken.
  await shop.create("Product", {
    handle: "nothing",
    translations: [{ locale: "en", title: "Nothing" }],
    variants: [{ sku: "nothing" }],
  });
  await shop.create("StockLocation", { handle: "nowhere", name: "Nowhere" });
  expect(await push(message, { id })).toEqual({ status: 200, body: { duplicate: false } });
  expect(await stock()).toEqual({ "lamp-red": 1, nothing: 1, "lamp-blue": 1 });
});

test("sources say what they take", async () => {
  const { hookSources } = await shop.edit<{ hookSources: unknown[] }>(
    "{ hookSources { source path hasSecret schema } }",
  );
  expect(hookSources).toMatchObject([
    {
      source: "stock-levels",
      path: "/api/v1/hooks/stock-levels",
      hasSecret: true,
      schema: { properties: { type: { const: "stock.counted" } } },
    },
  ]);
});
