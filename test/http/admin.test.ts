import { TOTP } from "otpauth";
import { beforeAll, expect, test } from "vitest";
import { systemContext, type RequestContext, type Tenant } from "#kernel/context";
import { newId } from "#kernel/ids";
import { users } from "#modules/accounts";
import { openQueues } from "#processes/queues";
import { afterwards } from "#test/afterwards";
import { installation, log } from "#test/installation";
import { serve, server } from "#test/server";
import { aShop, type Shop } from "#test/shop";
import { indexContent } from "#jobs/index-content";
import { grantPlatform } from "../../src/commands/platform-grant.ts";

const { aTenant, db, owner } = await installation();
const { url } = await server();

const password = "a long enough password";
const root = "root@example.com";
const editor = "editor@example.com";

let home: Tenant;
let ctx: RequestContext;
let rootId: string;
let shop: Shop;

beforeAll(async () => {
  home = await aTenant({ slug: "home", domains: ["home.example"] });
  ctx = systemContext(db, home, log);
  ({ id: rootId } = await users.create(ctx, {
    email: root,
    name: "R",
    role: "customer",
    password,
  }));
  await users.create(ctx, { email: editor, name: "E", role: "administrator", password });
  await grantPlatform({ ownerUrl: db.url }, ctx, root);
  shop = await aShop();
});

interface Asked {
  method?: string;
  cookie?: string;
  headers?: Record<string, string>;
  body?: URLSearchParams;
  at?: string;
}

/** As a browser asks from a page of ours. */
function ask(path: string, { at = url, cookie = "", headers, ...init }: Asked = {}) {
  return fetch(at + path, {
    redirect: "manual",
    headers: { accept: "text/html", origin: at, cookie, ...headers },
    ...init,
  });
}

const signIn = (fields: Record<string, string>, asked: Asked = {}) =>
  ask("/admin/sign-in", {
    method: "POST",
    body: new URLSearchParams({ tenant: "home", password, ...fields }),
    ...asked,
  });

const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";

async function cookieFor(email: string): Promise<string> {
  const answer = await signIn({ email });
  expect(answer.status).toBe(303);
  return cookieOf(answer);
}

test("nobody is sent to sign in, or refused where no page is wanted", async () => {
  for (const path of ["/admin/jobs", "/admin/jobs/queue/index-products", "/admin/trace"]) {
    const page = await ask(path);
    expect([page.status, page.headers.get("location")]).toEqual([
      303,
      `/admin/sign-in?to=${encodeURIComponent(path)}`,
    ]);
  }
  expect((await ask("/admin/jobs/api/queues")).status).toBe(401);
  expect((await ask("/admin/jobs/api/queues/pause", { method: "PUT" })).status).toBe(401);
  expect((await ask("/admin")).headers.get("location")).toBe("/admin/jobs");
  const made = await ask("/admin/jobs", { cookie: "rustok-admin=made-up" });
  expect(made.status).toBe(303);
});

test("the cookie is for pages of ours below /admin alone, and in production for TLS", async () => {
  const rules = "Path=/admin; Max-Age=43200; HttpOnly; SameSite=Strict";
  const [cookie = ""] = (await signIn({ email: root })).headers.getSetCookie();
  expect(cookie.slice(cookie.indexOf(";") + 2)).toBe(rules);
  const { url: at } = await serve({ production: true });
  const [secure = ""] = (await signIn({ email: root }, { at })).headers.getSetCookie();
  expect(secure.slice(secure.indexOf(";") + 2)).toBe(`${rules}; Secure`);
});

test("who runs the installation gets in, an editor gets 403 everywhere", async () => {
  const [administrator, ordinary] = [await cookieFor(root), await cookieFor(editor)];
  const answers = async (cookie: string) => {
    const paths = [
      "/admin/jobs",
      "/admin/jobs/api/queues",
      "/admin/trace",
      "/admin/jobs/static/favicon.ico",
    ];
    return Promise.all(paths.map(async (path) => (await ask(path, { cookie })).status));
  };
  expect(await answers(administrator)).toEqual([200, 200, 200, 200]);
  expect(await answers(ordinary)).toEqual([403, 403, 403, 403]);
  const put = await ask("/admin/jobs/api/queues/index-content/pause", {
    method: "PUT",
    cookie: ordinary,
  });
  expect(put.status).toBe(403);
});

test("the dashboard is served from here, under a policy that allows nothing from elsewhere", async () => {
  const page = await ask("/admin/jobs", { cookie: await cookieFor(root) });
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'; script-src 'self'; ");
  expect(policy).toContain("frame-ancestors 'none'");
  const text = await page.text();
  expect(text).toContain('<base href="/admin/jobs/" />');
  expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
});

test("a wrong password, an unknown tenant and an unknown address are answered alike, and throttled", async () => {
  const wrong = await Promise.all([
    signIn({ email: editor, password: "wrong" }),
    signIn({ email: editor, tenant: "nowhere" }),
    signIn({ email: "nobody@example.com" }),
  ]);
  const message = "The e-mail address or the password is wrong.";
  for (const answer of wrong) {
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
    expect(await answer.text()).toContain(message);
  }
  const tries = Array.from({ length: 12 }, () =>
    signIn({ email: "throttled@example.com", password: "wrong" }),
  );
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
});

test("what is typed in stays text, and where to go afterwards is a page of ours", async () => {
  const email = `"><script>alert(1)</script>`;
  expect(await (await signIn({ email, password: "x" })).text()).not.toContain("<script");
  const target = async (to: string) => (await signIn({ email: root, to })).headers.get("location");
  expect(await target("/admin/trace")).toBe("/admin/trace");
  for (const to of [
    "https://evil.example/admin/",
    "//evil.example",
    "/admin/sign-out",
    "javascript:x",
  ]) {
    expect((await target(to))?.startsWith("/admin/"), to).toBe(true);
    expect(await target(to)).not.toContain("evil");
  }
});

test("with a second factor, a code is asked for, too", async () => {
  const email = "careful@example.com";
  const { id } = await users.create(ctx, { email, name: "C", role: "editor", password });
  await grantPlatform({ ownerUrl: db.url }, ctx, email);
  const json = async (path: string, token: string, body: object) =>
    (await (
      await fetch(`${url}/api/auth/${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-tenant-id": home.id,
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      })
    ).json()) as Record<string, string>;
  const { accessToken = "" } = await json("login", "", { email, password });
  const { secret = "" } = await json("second-factor", accessToken, { password });
  const totp = new TOTP({ secret });
  await json("second-factor/confirm", accessToken, { code: totp.generate() });
  expect((await signIn({ email })).status).toBe(401);
  // The one that turned it on is good no more; a clock may be an interval off.
  const code = totp.generate({ timestamp: Date.now() + 30_000 });
  expect((await signIn({ email, code })).status).toBe(303);
  expect((await signIn({ email, code })).status).toBe(401);
  expect(id).toBeTruthy();
});

test("signing out ends the session itself, and so does ending it elsewhere", async () => {
  const cookie = await cookieFor(root);
  const out = await ask("/admin/sign-out", { method: "POST", cookie });
  expect([out.status, out.headers.getSetCookie()[0]]).toEqual([
    303,
    "rustok-admin=; Path=/admin; Max-Age=0; HttpOnly; SameSite=Strict",
  ]);
  expect((await ask("/admin/trace", { cookie })).status).toBe(303);
  const { rows } = await owner.query(
    "select end_reason from sessions where user_id = $1 order by id desc limit 1",
    [rootId],
  );
  expect(rows).toEqual([{ end_reason: "signed-out" }]);
});

test("only a page of this very origin may change anything, whatever CORS allows", async () => {
  const other = "https://shop.example";
  const { url: at } = await serve({ corsOrigins: [other] });
  const cookie = await cookieFor(root);
  const pause = (headers: Record<string, string>) =>
    ask("/admin/jobs/api/queues/index-content/pause", { at, method: "PUT", cookie, headers });
  expect((await pause({ origin: other })).status).toBe(403);
  expect((await pause({ origin: "null" })).status).toBe(403);
  expect((await pause({ origin: "" })).status).toBe(403);
  expect((await pause({ "sec-fetch-site": "same-site" })).status).toBe(403);
  expect((await signIn({ email: root }, { at, headers: { origin: other } })).status).toBe(403);
  const state = await ask("/admin/jobs/api/queues", { cookie });
  const { queues } = (await state.json()) as { queues: { name: string; isPaused: boolean }[] };
  expect(queues.find(({ name }) => name === "index-content")?.isPaused).toBe(false);
});

/** Puts a dead letter of the tenant on the queue; answers its number there. */
async function aDeadLetter(tenantId: string, eventId = newId()): Promise<string> {
  const queues = openQueues({
    databaseUrl: db.url,
    jobs: [indexContent],
    onError: () => {},
  });
  afterwards(() => queues.close());
  const payload = { nodeIds: [newId()], apiKey: "k3y" };
  await queues.enqueue([{ job: indexContent, data: { tenantId, eventIds: [eventId], payload } }]);
  const { rows } = await owner.query<{ id: string }>(
    `update bullmq.job
     set state = 'failed', failed_reason = 'no room', attempts_made = 8, finished_at_ms = added_at_ms + 5
     where data -> 'eventIds' ->> 0 = $1 returning id`,
    [eventId],
  );
  return rows[0]?.id ?? "";
}

interface ShownJob {
  id: string;
  name: string;
  data: Record<string, unknown>;
  failedReason: string;
  externalUrl: { href: string };
}

test("a job is shown by what it does and for whom, suspended or deleted, without what is secret", async () => {
  const cookie = await cookieFor(root);
  const suspended = await aTenant({ slug: "closed" });
  await owner.query("update tenants set suspended_at = now() where id = $1", [suspended.id]);
  const deleted = newId();
  const eventId = newId();
  const ids = [
    await aDeadLetter(shop.editor.tenant.id, eventId),
    await aDeadLetter(suspended.id),
    await aDeadLetter(deleted),
  ];
  const list = await ask("/admin/jobs/api/queues?activeQueue=index-content&status=failed", {
    cookie,
  });
  const { queues } = (await list.json()) as {
    queues: { name: string; displayName: string; jobs: ShownJob[] }[];
  };
  const queue = queues.find(({ name }) => name === "index-content");
  expect(queue?.displayName).toBe("Index content");
  const jobs = ids.map((id) => queue?.jobs.find((job) => job.id === id));
  const { slug, id: tenantId } = shop.editor.tenant;
  expect(jobs.map((job) => job?.name)).toEqual([
    `Index content · ${slug}`,
    "Index content · closed (suspended)",
    `Index content · a deleted tenant (${deleted})`,
  ]);
  expect(jobs[0]).toMatchObject({
    failedReason: "no room",
    data: { tenant: slug, tenantId, events: [eventId], payload: { apiKey: "[masked]" } },
    externalUrl: { href: `/admin/trace/${eventId}?tenant=${slug}` },
  });
});

test("what is retried, discarded, paused and resumed is on record, with who did it", async () => {
  const cookie = await cookieFor(root);
  const [retried, discarded] = [
    await aDeadLetter(shop.editor.tenant.id),
    await aDeadLetter(shop.editor.tenant.id),
  ];
  const put = async (path: string) =>
    (await ask(`/admin/jobs/api/queues/${path}`, { method: "PUT", cookie })).status;
  expect(await put(`index-content/${retried}/retry`)).toBe(204);
  expect(await put(`index-content/${discarded}/clean`)).toBe(204);
  expect(await put("index-content/pause")).toBe(200);
  expect(await put("index-content/resume")).toBe(200);
  expect(await put("index-content/999999/retry")).toBe(404);
  const { rows: left } = await owner.query(
    "select id, state from bullmq.job where queue = 'index-content' and id = any ($1)",
    [[retried, discarded]],
  );
  expect(left).toEqual([{ id: retried, state: "waiting" }]);
  const { rows } = await owner.query<{ action: string; who: string; whose: string; what: string }>(
    `select action, actor_id as who, tenant_id as whose, changes -> 0 ->> 'id' as what
     from audit_log where action ~ '^(job|queue)\\.' order by id`,
  );
  const [theirs, own] = [shop.editor.tenant.id, home.id];
  expect(rows).toEqual([
    { action: "job.retried", who: rootId, whose: theirs, what: `index-content:${retried}` },
    { action: "job.discarded", who: rootId, whose: theirs, what: `index-content:${discarded}` },
    { action: "queue.paused", who: rootId, whose: own, what: "index-content" },
    { action: "queue.resumed", who: rootId, whose: own, what: "index-content" },
  ]);
});

test("what no event stands behind is not put on a queue, and nothing is changed by hand", async () => {
  const cookie = await cookieFor(root);
  const id = await aDeadLetter(shop.editor.tenant.id);
  const before = await owner.query("select * from bullmq.job order by queue, id");
  const refused: [string, string][] = [
    ["POST", "index-content/add"],
    ["PATCH", `index-content/${id}/update-data`],
    ["PUT", "index-content/empty"],
    ["PUT", "index-content/obliterate"],
    ["PUT", "index-content/clean/wait"],
    ["PUT", "index-content/concurrency"],
    ["PUT", "patrol-index/job-schedulers/patrol-index/remove"],
    ["PATCH", "patrol-index/job-schedulers/patrol-index"],
  ];
  for (const [method, path] of refused) {
    const answer = await ask(`/admin/jobs/api/queues/${path}`, {
      method,
      cookie,
      headers: { "content-type": "application/json" },
    });
    expect([path, answer.status]).toEqual([path, 403]);
  }
  expect((await owner.query("select * from bullmq.job order by queue, id")).rows).toEqual(
    before.rows,
  );
});

test("a change is traced step by step, in its tenant or wherever it is", async () => {
  const cookie = await cookieFor(root);
  const product = await shop.create("Product", {
    handle: "shirt",
    translations: [{ locale: "en", title: "Shirt" }],
    variants: [{}],
  });
  const { slug } = shop.editor.tenant;
  for (const path of [`/admin/trace/${product}?tenant=${slug}`, `/admin/trace/${product}`]) {
    const page = await ask(path, { cookie });
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toContain("product.created");
    expect(text).toContain(slug);
    expect(text).toContain("not handed over yet: it waits for a relay");
  }
  for (const path of [
    `/admin/trace/${newId()}`,
    "/admin/trace/no-id",
    `/admin/trace/${product}?tenant=home`,
  ]) {
    expect((await ask(path, { cookie })).status, path).toBe(404);
  }
});
