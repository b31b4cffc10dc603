import { stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { postAtOnce } from "./a-crowd.ts";
import { watch } from "./a-watcher.ts";
import { aSite, password, type Site } from "./a-site.ts";

const { owner } = await installation();
const client = await server();

/** The full size is 200: `LOG_INS=200 npx vitest run test/modules/accounts/log-in-load.test.ts`. */
const full = process.env["LOG_INS"];
const logIns = Number(full ?? 30);

/** So many people with one password: hashing it for each would take longer than the test. */
async function people(site: Site): Promise<string[]> {
  const id = await site.aUser("first@example.com");
  const { rows } = await owner.query<{ email: string }>(
    `insert into users (id, tenant_id, email, name, role, password_hash)
     select gen_random_uuid(), tenant_id, 'person-' || n || '@example.com', name, role, password_hash
     from users, generate_series(1, $2) n where id = $1 returning email`,
    [id, logIns],
  );
  return rows.map(({ email }) => email);
}

/** Milliseconds that something takes, begun every 20 ms until it is over. */
async function timed(what: () => Promise<unknown>, over: () => boolean): Promise<number[]> {
  const begun: Promise<number>[] = [];
  while (!over()) {
    const began = performance.now();
    begun.push(what().then(() => performance.now() - began));
    await delay(20);
  }
  return (await Promise.all(begun)).toSorted((a, b) => a - b);
}

/** The slowest hundredth is above it. */
const p99 = (times: number[]) => times[Math.ceil(times.length * 0.99) - 1];

test(`${logIns} people sign in at once, and the process goes on answering`, async () => {
  const site = await aSite();
  const emails = await people(site);
  const live = watch(`${client.url}/api/health/live`);
  let done = false;
  afterwards(() => (done = true));
  // Node's threads, which hashing shares with files, names of hosts and signatures: the server is this process.
  const threads = timed(
    () => stat("package.json"),
    () => done,
  );
  const began = performance.now();
  const statuses = await postAtOnce(
    `${client.url}/api/auth/login`,
    { "content-type": "application/json", "x-tenant-id": site.tenant.id },
    emails.map((email) => ({ email, password })),
  );
  done = true;
  // Who waits for all the hashes waits as long as they take, on a slow machine too.
  const mostMs = Math.min(full ? 200 : Infinity, (performance.now() - began) / 3);
  expect(statuses).toEqual(emails.map(() => 200));
  expect(p99(await live.stop())).toBeLessThan(mostMs);
  expect(p99(await threads)).toBeLessThan(mostMs);
});
