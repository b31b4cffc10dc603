import { mkdtempSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { ConfigError, loadConfig } from "#config";

const home = () => mkdtempSync(join(inject("runFolder"), "config-"));

test("silence means the embedded database and a secret that stays", () => {
  const RUSTOK_HOME = home();
  const config = loadConfig({ RUSTOK_HOME });
  expect(config).toMatchObject({ production: false, http: { host: "127.0.0.1", port: 3000 } });
  expect(config.database.url).toBeUndefined();
  expect(config.secret).toHaveLength(64);
  expect(loadConfig({ RUSTOK_HOME }).secret).toBe(config.secret);
  expect(statSync(join(RUSTOK_HOME, "secret")).mode & 0o777).toBe(0o600);
});

test("a direct way to the database goes with a pooled one, and migrates unless another does", () => {
  const DATABASE_DIRECT_URL = "postgres://db/x";
  expect(() => loadConfig({ DATABASE_DIRECT_URL, RUSTOK_HOME: home() })).toThrow(
    /DATABASE_URL: is required with DATABASE_DIRECT_URL/,
  );
  const DATABASE_URL = "postgres://pooler/x";
  const { database } = loadConfig({ DATABASE_URL, DATABASE_DIRECT_URL, RUSTOK_HOME: home() });
  expect(database).toEqual({
    url: DATABASE_URL,
    directUrl: DATABASE_DIRECT_URL,
    ownerUrl: DATABASE_DIRECT_URL,
    poolSize: undefined,
    queuePoolSize: 4,
  });
});

test("every fault is in the one message", () => {
  expect(() =>
    loadConfig({ PORT: "70000", DATABASE_URL: "mysql://x", NODE_ENV: "production" }),
  ).toThrow(
    new ConfigError(
      [
        "The environment has 3 faults:",
        "  DATABASE_URL: must be a postgres:// URL",
        "  PORT: Too big: expected number to be <=65535",
        "  RUSTOK_SECRET: is required with NODE_ENV=production",
      ].join("\n"),
    ),
  );
});

test.each([
  "",
  "changeme-changeme-changeme-changeme",
  "a".repeat(40),
  "default-default-default-default!",
])("production refuses the secret %j", (RUSTOK_SECRET) => {
  expect(() => loadConfig({ NODE_ENV: "production", RUSTOK_SECRET, RUSTOK_HOME: home() })).toThrow(
    /RUSTOK_SECRET/,
  );
});

test("production takes a random secret", () => {
  const RUSTOK_SECRET = "q3J8vX1mZ7rT5kL9wB2nC6yH4dF0sG8pE1uA3iO5";
  expect(loadConfig({ NODE_ENV: "production", RUSTOK_SECRET, RUSTOK_HOME: home() })).toMatchObject({
    production: true,
    secret: RUSTOK_SECRET,
    http: { graphiql: false },
  });
});

test("Redis is RUSTOK_REDIS_URL, else REDIS_URL, else there is none", () => {
  const RUSTOK_HOME = home();
  const url = (env: NodeJS.ProcessEnv) => loadConfig({ RUSTOK_HOME, ...env }).redisUrl;
  const [own, common] = ["rediss://own:6380/2", "redis://common"];
  expect(url({ RUSTOK_REDIS_URL: own, REDIS_URL: common })).toBe(own);
  expect(url({ RUSTOK_REDIS_URL: "", REDIS_URL: common })).toBe(common);
  expect(url({})).toBeUndefined();
  expect(() => url({ REDIS_URL: "http://common", RUSTOK_BASE_DOMAIN: "Shops.example" })).toThrow(
    new ConfigError(
      [
        "The environment has 2 faults:",
        "  REDIS_URL: must be a redis:// or rediss:// URL",
        "  RUSTOK_BASE_DOMAIN: must be a host name in lower case",
      ].join("\n"),
    ),
  );
});

test("proxies and origins are lists; what is none of either is named", () => {
  const RUSTOK_HOME = home();
  const { http } = loadConfig({
    RUSTOK_HOME,
    TRUST_PROXY: "loopback, 10.0.0.0/8,2001:db8::/32",
    CORS_ORIGINS: "https://shop.example,http://localhost:5173",
  });
  expect(http.trustedProxies).toEqual(["loopback", "10.0.0.0/8", "2001:db8::/32"]);
  expect(http.corsOrigins).toEqual(["https://shop.example", "http://localhost:5173"]);
  expect(loadConfig({ RUSTOK_HOME }).http).toMatchObject({ trustedProxies: [], corsOrigins: [] });
  const refused = {
    TRUST_PROXY: "loopback,proxy.example",
    CORS_ORIGINS: "*,https://shop.example/",
  };
  expect(() => loadConfig({ RUSTOK_HOME, ...refused })).toThrow(
    new ConfigError(
      [
        "The environment has 2 faults:",
        "  TRUST_PROXY: proxy.example: must be an address, a CIDR, or one of loopback, linklocal, uniquelocal",
        "  CORS_ORIGINS: *, https://shop.example/: must be an origin such as https://shop.example",
      ].join("\n"),
    ),
  );
});

test("production shows neither GraphiQL nor the schema unless asked to", () => {
  const production = {
    NODE_ENV: "production",
    RUSTOK_SECRET: "q3J8vX1mZ7rT5kL9wB2nC6yH4dF0sG8pE1uA3iO5",
    RUSTOK_HOME: home(),
  };
  expect(loadConfig(production).http).toMatchObject({ graphiql: false, introspection: false });
  const asked = { RUSTOK_GRAPHIQL: "true", RUSTOK_INTROSPECTION: "true" };
  expect(loadConfig({ ...production, ...asked }).http).toMatchObject({
    graphiql: true,
    introspection: true,
  });
});
