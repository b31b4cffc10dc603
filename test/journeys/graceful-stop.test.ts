import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { install, type Installed } from "#test/process";
import { type Administrator, signIn } from "./an-administrator.ts";
import { missing } from "./many-processes/steps.ts";
import { someProducts, write } from "./many-processes/writing.ts";
import { anOnlooker, type Onlooker, rest, until } from "./onlooker.ts";

const stopMs = 25_000;

let rustok: Installed;
let databaseUrl: string;
let administrator: Administrator;
let onlooker: Onlooker;
let products: string[];

beforeAll(async () => {
  const env: NodeJS.ProcessEnv = {};
  rustok = await install({ env });
  databaseUrl = env["DATABASE_URL"] = (await startEmbeddedPostgres({ directory: rustok.home })).url;
  administrator = await signIn(rustok, await rustok.start("web"));
  await Promise.all([rustok.start("worker"), rustok.start("relay")]);
  onlooker = await anOnlooker(databaseUrl);
  products = await someProducts(administrator, 20);
}, 300_000);

const active = () => onlooker.query("select queue, id from bullmq.job where state = 'active'");

test(`under load each role stops within ${stopMs} ms and leaves nothing locked`, async () => {
  const writing = write({ servers: [administrator], products, count: 200, perSecond: 20 });
  const tookMs: Record<string, number> = {};
  for (const [turn, role] of (["relay", "worker", "web"] as const).entries()) {
    while (writing.share() < (turn + 1) / 4) await rest(20);
    const began = performance.now();
    expect([role, await rustok.end("SIGTERM", role)]).toEqual([role, 0]);
    tookMs[role] = Math.round(performance.now() - began);
    if (role === "worker") expect(await active()).toEqual([]);
    await rustok.start(role);
  }
  expect(Math.max(...Object.values(tookMs))).toBeLessThan(stopMs);
  expect(await writing.done).toEqual({ failed: 0 });
  await until(async () => (await missing(onlooker)).length === 0, 60_000);
  process.stderr.write(`graceful stop: ${JSON.stringify(tookMs)}\n`);
}, 240_000);

test("a second signal ends it at once, whatever it is at", async () => {
  const [anchor = ""] = products;
  const holder = new pg.Client({ connectionString: databaseUrl });
  holder.on("error", () => {});
  await holder.connect();
  await holder.query("begin");
  await holder.query("select from index_products where product_id = $1 for update", [anchor]);
  await write({ servers: [administrator], products: [anchor], count: 2, perSecond: 2 }).done;
  await until(async () => (await active()).length > 0, 20_000);
  rustok.signal("SIGTERM", "worker");
  await rest(300);
  const began = performance.now();
  expect(await rustok.end("SIGTERM", "worker")).toBe(130);
  expect(performance.now() - began).toBeLessThan(3_000);
  await holder.end();
}, 120_000);
