import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import Koa from "koa";
import { expect, test } from "vitest";
import { systemContext } from "#kernel/context";
import { users } from "#modules/accounts";
import { afterwards } from "#test/afterwards";
import { installation, log } from "#test/installation";
import { serve } from "#test/server";
import { forwarded, recogniseProxies } from "../../src/http/forwarded.ts";

/** What a server that trusts these proxies makes of a request with these headers. */
async function seen(trusted: string[], headers: Record<string, string>): Promise<unknown> {
  const app = new Koa();
  app.use(recogniseProxies(trusted));
  app.use((ctx) => {
    ctx.body = forwarded(ctx);
  });
  const http = createServer(app.callback()).listen(0, "127.0.0.1");
  afterwards(() => http.close());
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
      answer.on("end", () => resolve(JSON.parse(text)));
    });
    sent.on("error", reject).end();
  });
}

const headers = {
  host: "inner.example:3000",
  "x-forwarded-for": "203.0.113.7, 10.0.0.2",
  "x-forwarded-host": "shop.example",
  "x-forwarded-proto": "https",
};

test("a stranger's headers are not believed", async () => {
  const believed = { address: "127.0.0.1", host: "inner.example:3000", protocol: "http" };
  expect(await seen([], headers)).toEqual(believed);
  expect(await seen(["10.0.0.0/8"], headers)).toEqual(believed);
});

test("a trusted proxy's are, as far back as proxies are trusted", async () => {
  const from = (address: string) => ({ address, host: "shop.example", protocol: "https" });
  expect(await seen(["loopback"], headers)).toEqual(from("10.0.0.2"));
  expect(await seen(["127.0.0.1", "10.0.0.0/8"], headers)).toEqual(from("203.0.113.7"));
});

test("what a client has put before the words of the nearest proxy does not count", async () => {
  const forged = {
    ...headers,
    "x-forwarded-for": "198.51.100.1, 203.0.113.7",
    "x-forwarded-host": "bank.example, shop.example",
    "x-forwarded-proto": "https, http",
  };
  expect(await seen(["loopback"], forged)).toEqual({
    address: "203.0.113.7",
    host: "shop.example",
    protocol: "http",
  });
});

test("a trusted proxy that says nothing leaves what the connection says", async () => {
  expect(await seen(["loopback"], { host: "shop.example" })).toEqual({
    address: "127.0.0.1",
    host: "shop.example",
    protocol: "http",
  });
});

test("the tenant is the one that the client's host names, and a session is known by the client's address", async () => {
  const { aTenant, db, owner } = await installation();
  const tenant = await aTenant();
  await owner.query("insert into tenant_domains (host, tenant_id) values ('lamps.example', $1)", [
    tenant.id,
  ]);
  const ann = { email: "ann@shop.example", password: "a long enough password" };
  await users.create(systemContext(db, tenant, log), { ...ann, name: "Ann", role: "customer" });
  const signIn = async (trustedProxies: string[]) => {
    const { url } = await serve({ trustedProxies });
    const answer = await fetch(`${url}/api/auth/login`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-forwarded-for": "203.0.113.7",
        "x-forwarded-host": "lamps.example:8443",
      },
      body: JSON.stringify(ann),
    });
    return answer.status;
  };
  expect(await signIn([])).toBe(404);
  expect(await signIn(["loopback"])).toBe(200);
  const { rows } = await owner.query("select address from sessions where tenant_id = $1", [
    tenant.id,
  ]);
  expect(rows).toEqual([{ address: "203.0.113.7" }]);
});
