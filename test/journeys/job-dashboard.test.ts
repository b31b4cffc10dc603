import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { systemContext, type Tenant } from "#kernel/context";
import { newId } from "#kernel/ids";
import { type AnyJob, defineJob, type ScheduledJob } from "#kernel/jobs/job";
import { findTenant } from "#kernel/tenancy/find-tenants";
import type { TenantKey } from "#kernel/tenancy/names";
import { users } from "#modules/accounts";
import { adminSide } from "#processes/admin";
import { openQueues, type Queues } from "#processes/queues";
import { startSchedules, startWorkers } from "#processes/worker";
import { afterwards } from "#test/afterwards";
import { describeBrowser, theBrowser } from "#test/browser";
import { installation, log, registry } from "#test/installation";
import { redisVersion, startRedis } from "#test/redis";
import { serve } from "#test/server";
import { aShop, type Shop } from "#test/shop";
import { indexProducts } from "#jobs/index-products";
import { patrolIndex } from "#jobs/patrol-index";
import { grantPlatform } from "../../src/commands/platform-grant.ts";

const { aTenant, db, owner } = await installation();

const password = "a long enough password";
const people = { administrator: "root@example.com", editor: "editor@example.com" };
/** How long the browser waits for anything; it shares the machine with the rest of the suite. */
const patienceMs = 60_000;
/** Where the pictures go that people look at, if anywhere. */
const pictures = process.env["SCREENSHOTS"];

let platform: Tenant;
let shop: Shop;
let eventId: string;

beforeAll(async () => {
  platform = await aTenant({ slug: "platform" });
  const ctx = systemContext(db, platform, log);
  await users.create(ctx, {
    email: people.administrator,
    name: "Root",
    role: "customer",
    password,
  });
  await users.create(ctx, { email: people.editor, name: "Ed", role: "administrator", password });
  await grantPlatform({ ownerUrl: db.url }, ctx, people.administrator);
  shop = await aShop();
  const product = await shop.create("Product", {
    handle: "shirt",
    translations: [{ locale: "en", title: "Shirt" }],
    variants: [{}],
  });
  const { rows } = await owner.query<{ id: string }>(
    "select id from sys_events where aggregate_id = $1",
    [product],
  );
  eventId = rows[0]?.id ?? "";
});

/** A server, workers and a job that fails while `broken`, on one backend. */
async function aBackend(redisUrl?: string) {
  const state = { broken: true, done: 0 };
  const failing = defineJob({
    ...indexProducts,
    retry: { attempts: 2, firstDelayMs: 10 },
    async run() {
      if (state.broken) throw new Error("The disk is full.");
      state.done += 1;
    },
  });
  const jobs = [failing, ...registry.jobs.filter(({ name }) => name !== failing.name)];
  const open = (kinds: (AnyJob | ScheduledJob)[]): Queues => {
    const opened = openQueues({
      databaseUrl: db.url,
      redisUrl,
      jobs: kinds,
      onError: () => {},
    });
    afterwards(() => opened.close());
    return opened;
  };
  const queues = open([...jobs, ...registry.schedules]);
  const workers = open([failing, patrolIndex]);
  const find = (key: TenantKey) => findTenant(db, key);
  const { owners } = registry;
  startWorkers({
    queues: workers,
    jobs: [failing],
    concurrency: 1,
    db,
    findTenant: find,
    owners,
    log: log.child({}, { level: "silent" }),
  });
  await startSchedules({ queues: workers, schedules: [patrolIndex], db, log });
  const { url } = await serve({ admin: adminSide({ db, log, registry }, queues) });
  const enqueue = (tenantId: string) =>
    queues.enqueue([
      {
        job: failing,
        data: { tenantId, eventIds: [eventId], payload: { productIds: [newId()], apiKey: "k3y" } },
      },
    ]);
  return { url, state, queues, enqueue };
}

/** A page that fails the test when the browser refuses anything of it or anything is fetched from elsewhere. */
async function aPage(url: string): Promise<{ page: Page; complaints: string[] }> {
  const browser = await theBrowser();
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  afterwards(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("response", (answer) => {
    if (answer.status() >= 400) complaints.push(`${answer.status()} ${answer.url()}`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
      complaints.push(`asks ${request.url()}`);
  });
  return { page, complaints };
}

async function signIn(page: Page, url: string, email: string): Promise<void> {
  await page.goto(`${url}/admin/jobs`);
  await page.getByLabel("Tenant").fill("platform");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

const backends = ["PostgreSQL", ...(redisVersion ? ["Redis"] : [])];

describeBrowser("the job dashboard", () => {
  test.each(backends)(
    "on %s: a dead letter with its reason is retried, and seen done",
    async (backend) => {
      const redis = backend === "Redis" ? await startRedis() : undefined;
      const { url, state, queues, enqueue } = await aBackend(redis?.url);
      await enqueue(shop.editor.tenant.id);
      const queue = queues.all().find(({ name }) => name === "index-products");
      await expect.poll(() => queue?.getFailedCount(), { timeout: patienceMs }).toBe(1);

      const { page, complaints } = await aPage(url);
      await signIn(page, url, people.administrator);
      await page.getByText("Index products").first().waitFor();
      await picture(page, `${backend}-overview`);

      await page.goto(`${url}/admin/jobs/queue/index-products?status=failed`);
      const { slug } = shop.editor.tenant;
      await page.getByText(`Index products · ${slug}`).waitFor();
      await page.getByText("Error: The disk is full.").first().waitFor();
      await page.getByText(`Trace ${eventId}`).waitFor();
      await picture(page, `${backend}-failed`);
      await page.getByText("Data", { exact: true }).click();
      await page.getByText("[masked]").first().waitFor();
      expect(await page.content()).not.toContain("k3y");
      await picture(page, `${backend}-data`);

      state.broken = false;
      await page.locator("ul[class^=jobActions] button").first().click();
      await page.getByText("Are you sure that you want to retry this job?").waitFor();
      await page.getByRole("button", { name: "Confirm" }).click();
      await expect.poll(() => state.done, { timeout: patienceMs }).toBe(1);
      await page.goto(`${url}/admin/jobs/queue/index-products?status=completed`);
      await page.getByText(`Index products · ${slug}`).waitFor();
      await picture(page, `${backend}-done`);
      expect(await queue?.getJobCounts("failed", "completed")).toEqual({ failed: 0, completed: 1 });

      await page.goto(`${url}/admin/jobs/job-schedulers`);
      await page.getByText("patrol-index").nth(1).waitFor();
      await picture(page, `${backend}-schedulers`);
      await page.goto(`${url}/admin/trace/${eventId}?tenant=${slug}`);
      await page.getByText("index-products done").waitFor();
      await picture(page, `${backend}-trace`);
      expect(complaints).toEqual([]);
    },
    4 * patienceMs,
  );

  test(
    "an ordinary editor gets 403, and may sign out",
    async () => {
      const { url } = await serve();
      const { page } = await aPage(url);
      await signIn(page, url, people.editor);
      await page.getByRole("heading", { name: "Not for this account" }).waitFor();
      await picture(page, "editor");
      const answer = await page.goto(`${url}/admin/jobs`);
      expect(answer?.status()).toBe(403);
      const inside = await page.evaluate(() =>
        fetch("/admin/jobs/api/queues").then(({ status }) => status),
      );
      expect(inside).toBe(403);
      await page.getByRole("link", { name: "Sign out" }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await picture(page, "sign-in");
      expect(await page.context().cookies()).toEqual([]);
    },
    4 * patienceMs,
  );
});
