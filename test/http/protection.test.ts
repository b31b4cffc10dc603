import { request } from "node:http";
import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { serve, server } from "#test/server";

const { aTenant } = await installation();
const client = await server();
const tenant = await aTenant();
const shop = "https://shop.example";
const { url } = await serve({ corsOrigins: [shop] });

interface Asked {
  method?: string;
  path?: string;
  body?: string;
  headers?: Record<string, string>;
}

/** Sends what a browser would: `fetch` keeps some headers to itself. */
function ask({ method = "GET", path = "/api/health/live", body, headers = {} }: Asked = {}) {
  return new Promise<{ status: number; headers: Record<string, string>; body: string }>(
    (resolve, reject) => {
      const sent = request(url + path, { method, headers }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers as Record<string, string>,
            body: text,
          }),
        );
      });
      sent.on("error", reject).end(body);
    },
  );
}

test("an answer may not be shown as a page, framed, or guessed to be of another type", async () => {
  for (const path of ["/api/health/live", "/api/nothing", "/api/graphql"]) {
    const { headers } = await ask({ path });
    expect(headers, path).toMatchObject({
      "content-security-policy": "default-src 'none';frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "strict-transport-security": "max-age=31536000",
    });
    expect(headers, path).not.toHaveProperty("x-powered-by");
  }
});

test("a sane request id is taken over and answered, refusals included; any other is replaced", async () => {
  const idFor = async (given?: string, path?: string) =>
    (await ask({ ...(path && { path }), headers: given ? { "x-request-id": given } : {} })).headers[
      "x-request-id"
    ];
  expect(await idFor("from-the-gateway_1")).toBe("from-the-gateway_1");
  expect(await idFor("from-the-gateway_1", "/api/nothing")).toBe("from-the-gateway_1");
  const own = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  for (const insane of [undefined, "short", 'a "quoted" one', "x".repeat(129)]) {
    expect(await idFor(insane), insane).toMatch(own);
  }
});

test("a page of a listed origin may call, one of another may not, and none by wildcard", async () => {
  const allowed = await ask({ headers: { origin: shop } });
  expect(allowed.headers["access-control-allow-origin"]).toBe(shop);
  expect(allowed.headers["vary"]).toBe("Origin");
  expect(allowed.headers["access-control-expose-headers"]).toContain("X-Consistency-Token");
  expect(allowed.headers).not.toHaveProperty("access-control-allow-credentials");
  for (const origin of ["https://evil.example", `${shop}.evil.example`, "http://shop.example"]) {
    const { headers } = await ask({ headers: { origin } });
    expect(headers, origin).not.toHaveProperty("access-control-allow-origin");
  }
});

test("a preflight is answered to a listed origin alone", async () => {
  const preflight = (origin: string) =>
    ask({
      method: "OPTIONS",
      path: "/api/graphql",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-tenant-id",
      },
    });
  const allowed = await preflight(shop);
  expect([allowed.status, allowed.headers["access-control-allow-headers"]]).toEqual([
    204,
    "content-type,x-tenant-id",
  ]);
  const refused = await preflight("https://evil.example");
  expect(refused.headers).not.toHaveProperty("access-control-allow-origin");
  expect(refused.headers).not.toHaveProperty("access-control-allow-headers");
});

const mutate = (headers: Record<string, string>, path = "/api/graphql") =>
  ask({
    method: "POST",
    path,
    body: JSON.stringify({ query: "{ __typename }" }),
    headers: { "content-type": "application/json", "x-tenant-id": tenant.id, ...headers },
  });

test.each([
  ["a page of another origin", { origin: "https://evil.example" }],
  ["a page whose origin is hidden", { origin: "null" }],
  ["a page of another site, by what the browser says", { "sec-fetch-site": "cross-site" }],
  [
    "a page of a neighbouring site",
    { "sec-fetch-site": "same-site", origin: "https://evil.example" },
  ],
])("%s changes nothing", async (_, headers: Record<string, string>) => {
  for (const path of ["/api/graphql", "/api/auth/login"]) {
    const { status, body } = await mutate(headers, path);
    expect(status).toBe(403);
    expect(body).toContain('"code":"FORBIDDEN"');
  }
});

test("our own pages, pages of listed origins, and whoever is no browser may", async () => {
  const own = new URL(url).origin;
  const welcome: Record<string, string>[] = [
    {},
    { origin: own },
    { origin: own, "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
    { origin: shop, "sec-fetch-site": "cross-site" },
  ];
  for (const headers of welcome) {
    expect((await mutate(headers)).status, JSON.stringify(headers)).toBe(200);
  }
});

const signIn = (body: string, headers: Record<string, string> = {}) =>
  client.fetch("/api/auth/login", {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant-id": tenant.id, ...headers },
    body,
  });

test("a body that is not said to be JSON is not read, whatever it is", async () => {
  const body = JSON.stringify({ email: "nobody@shop.example", password: "wrong" });
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"]) {
    expect((await signIn(body, { "content-type": type })).status, type).toBe(415);
  }
  expect((await signIn(body, { "content-type": "application/json; charset=utf-8" })).status).toBe(
    401,
  );
});

test("a body that is too large, or nested so deep that walking it would end the process's stack", async () => {
  const large = await signIn(JSON.stringify({ email: "x".repeat(1_100_000) }));
  expect(large.status).toBe(413);
  const deep = `{"email":${"[".repeat(400_000)}${"]".repeat(400_000)}}`;
  const answer = await signIn(deep);
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringContaining("nested deeper than 100 levels"),
  ]);
});
