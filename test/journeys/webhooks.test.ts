import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { createProduct, products } from "#modules/commerce";
import { endpoints, replays, requeue } from "#modules/webhooks";
import { startBackground } from "#test/background";
import { installation } from "#test/installation";
import { type Consumer, aConsumer } from "../modules/webhooks/a-consumer.ts";
import { aReceiver, webhooksGoHere } from "../modules/webhooks/a-receiver.ts";
import { anEndpoint, atWork } from "../modules/webhooks/an-endpoint.ts";

/** WEBHOOK_EVENTS=1000 is the full size. */
const events = Number(process.env["WEBHOOK_EVENTS"] || 40);
const patienceMs = 60_000 + events * 300;

const { anEditor, owner } = await installation();
// As many attempts as a bad network may need, soon after each other.
await webhooksGoHere({ timeoutMs: 3_000, delaysMs: Array.from({ length: 200 }, () => 100) });

let background: Awaited<ReturnType<typeof startBackground>>;
beforeAll(async () => {
  background = await startBackground();
});
afterAll(() => background.stop());

/** Lets a request through to the consumer, or spoils it on its way there or back. */
async function aBadNetwork(consumer: Consumer) {
  const network = await aReceiver();
  const spoilt = { lost: 0, unheard: 0, refused: 0, slow: 0 };
  let good = false;
  network.answerWith(async (response, { headers, body }) => {
    const luck = good ? 1 : Math.random();
    if (luck < 0.1) {
      spoilt.lost += 1;
      return response.destroy();
    }
    if (luck < 0.2) {
      spoilt.refused += 1;
      return response.writeHead(503).end();
    }
    if (luck < 0.3) {
      spoilt.slow += 1;
      await delay(Math.random() * 300);
    }
    const passed = Object.fromEntries(
      Object.entries(headers).filter(([name]) => name.startsWith("webhook-")),
    ) as Record<string, string>;
    const code = await consumer.hand(passed, body).catch(() => 502);
    // The consumer has it, and nobody is told: it must come again, under the same id.
    if (luck >= 0.3 && luck < 0.4) {
      spoilt.unheard += 1;
      return response.destroy();
    }
    return response.writeHead(code).end();
  });
  return { url: network.url, spoilt, mend: () => (good = true) };
}

const shown = (ctx: RequestContext) =>
  owner
    .query<{ id: string; revision: number; documents: unknown }>(
      `select product_id as id, max(revision)::float8 as revision,
              jsonb_object_agg(locale, doc) filter (where visible) as documents
       from index_products where tenant_id = $1 group by product_id`,
      [ctx.tenant.id],
    )
    .then(({ rows }) => Object.fromEntries(rows.map(({ id, ...rest }) => [`product ${id}`, rest])));

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > deadline)
      throw new Error(`In ${patienceMs} ms it did not come: ${what}`);
    await delay(100);
  }
}

const idsOf = (ctx: RequestContext) =>
  owner
    .query<{ id: string }>(
      "select id from sys_events where tenant_id = $1 and type like 'product.%' order by id",
      [ctx.tenant.id],
    )
    .then(({ rows }) => rows.map(({ id }) => id));

/** A change of random size: products come, are renamed with long texts, hidden, and go. */
async function change(ctx: RequestContext, known: string[]): Promise<void> {
  const id = known[Math.floor(Math.random() * known.length)];
  const luck = Math.random();
  const title = `Lamp ${"x".repeat(Math.floor(Math.random() * 200))}`;
  const description = "y ".repeat(Math.floor(Math.random() ** 3 * 20_000));
  const translations = [{ locale: "en", title, description }];
  if (!id || luck < 0.4) {
    const handle = `lamp-${newId()}`;
    const input = { handle, status: "published", translations, variants: [{}] };
    known.push((await products.create(ctx, createProduct(ctx.tenant).parse(input))).id);
  } else if (luck < 0.85) await products.update(ctx, { id, vendor: title });
  else if (luck < 0.95) await products.unpublish(ctx, { id });
  else {
    known.splice(known.indexOf(id), 1);
    await products.remove(ctx, { id });
  }
}

test(
  "over a network that loses, delays and repeats, to a consumer that is killed, everything arrives",
  async () => {
    const editor = await anEditor();
    const consumer = await aConsumer();
    const network = await aBadNetwork(consumer);
    const { id, secret } = await anEndpoint(editor, { url: network.url, patterns: ["product.*"] });
    await consumer.start([secret]);
    const secrets = [secret];
    const known: string[] = [];
    for (let made = 0; (await idsOf(editor)).length < events; made++) {
      await change(editor, known);
      if (made === Math.floor(events / 3)) {
        // Rotated while messages are on their way: the consumer knows the old secret alone, and still verifies.
        secrets.push((await endpoints.rotateSecret(editor, { id })).secret);
      }
      if (made % Math.ceil(events / 4) === 0) {
        await consumer.kill();
        await consumer.start([secret]);
      }
    }
    network.mend();
    const ids = await idsOf(editor);
    await until("every event", async () => {
      const held = await consumer.held();
      return ids.every((each) => held.ids.includes(each));
    });
    await until("the end of all deliveries", async () => {
      const { rows } = await owner.query(
        "select from webhook_deliveries where endpoint_id = $1 and status <> 'delivered' limit 1",
        [id],
      );
      return rows.length === 0;
    });
    const held = await consumer.held();
    expect(new Set(held.ids)).toEqual(new Set(ids));
    expect(held.refused).toBe(0);
    // Three in ten were spoilt.
    expect(network.spoilt.lost + network.spoilt.refused + network.spoilt.unheard).toBeGreaterThan(
      0,
    );
    expect(held.documents).toMatchObject(await shown(editor));

    // An endpoint that is added now is filled from what there was, and ends in the same state.
    const late = await aConsumer();
    const lateNetwork = await aBadNetwork(late);
    const second = await anEndpoint(editor, { url: lateNetwork.url, patterns: ["product.*"] });
    await late.start([second.secret]);
    await replays.requestReplay(editor, { endpointId: second.id, sinceEventId: ids[0] });
    await delay(500);
    lateNetwork.mend();
    await until("what there was", async () => {
      const { ids: arrived } = await late.held();
      return ids.every((each) => arrived.includes(each));
    });
    expect((await late.held()).documents).toEqual((await consumer.held()).documents);

    // A day later only the new secret verifies.
    await owner.query(
      "update webhook_endpoints set previous_secret_until = now() - interval '1 s' where id = $1",
      [id],
    );
    await consumer.kill();
    await consumer.start([secret]);
    await change(editor, []);
    await until("a refusal", async () => (await consumer.held()).refused > 0);
    await consumer.kill();
    await consumer.start([secrets[1] ?? ""]);
    const [last] = (await idsOf(editor)).slice(-1);
    await until("the last event", async () => (await consumer.held()).ids.includes(last ?? ""));
  },
  patienceMs * 5,
);

test("an endpoint that hangs does not hold up the others of its tenant", async () => {
  const editor = await anEditor();
  const hanging = await aReceiver();
  hanging.answerWith(() => {});
  const swift = await aReceiver();
  const took: number[] = [];
  swift.answerWith((response, { body }) => {
    const { timestamp } = JSON.parse(body) as { timestamp: string };
    took.push(Date.now() - Date.parse(timestamp));
    response.writeHead(204).end();
  });
  const deliverTo = async (count: number) => {
    took.length = 0;
    for (let made = 0; made < count; made++) await change(editor, []);
    await until("what the swift one is sent", async () => took.length >= count);
    return took.toSorted((one, other) => one - other)[Math.ceil(count * 0.95) - 1] ?? 0;
  };
  await anEndpoint(editor, { url: swift.url, patterns: ["product.created"] });
  const alone = await deliverTo(40);
  await anEndpoint(editor, { url: hanging.url, patterns: ["product.created"] });
  const beside = await deliverTo(40);
  expect(hanging.received.length).toBeGreaterThan(0);
  expect(beside - alone).toBeLessThan(2_000);
}, 120_000);

test("what is paused, was lost on its way or is due is put on the queue again", async () => {
  const editor = await anEditor();
  const receiver = await aReceiver();
  const { id } = await anEndpoint(editor, { url: receiver.url, patterns: ["product.created"] });
  await endpoints.update(editor, { id, paused: true });
  await change(editor, []);
  await until("a delivery that waits", async () => {
    const { rows } = await owner.query(
      "select from webhook_deliveries where endpoint_id = $1 and not queued",
      [id],
    );
    return rows.length === 1;
  });
  expect(await requeue(atWork(editor))).toBe(0);
  await endpoints.update(editor, { id, paused: false });
  await until("what was held back", async () => receiver.received.length === 1);
  // It is received before that is on record.
  await until("its end", async () => {
    const { rows } = await owner.query(
      "select from webhook_deliveries where endpoint_id = $1 and status = 'delivered'",
      [id],
    );
    return rows.length === 1;
  });
  await owner.query(
    `update webhook_deliveries set status = 'pending', queued = true, next_attempt_at = now() - interval '1 s'
     where endpoint_id = $1`,
    [id],
  );
  await until("what was lost", async () => receiver.received.length === 2);
}, 120_000);
