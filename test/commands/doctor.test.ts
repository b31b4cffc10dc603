import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { type Config, loadConfig } from "#config";
import { installation } from "#test/installation";
import { describeMeilisearch, theMeilisearch } from "#test/meilisearch";
import { freePort } from "#test/process";
import { describeRedis, startRedis } from "#test/redis";
import { diagnose, told } from "../../src/commands/doctor.ts";
import { examine, type Finding, type Patient } from "../../src/commands/doctor/checkup.ts";
import { checks } from "../../src/commands/doctor/checks.ts";
import { patientOf } from "../../src/commands/doctor/patient.ts";

const { db, owner } = await installation();
const RUSTOK_HOME = mkdtempSync(join(inject("runFolder"), "doctor-"));

const configOf = (env: NodeJS.ProcessEnv = {}): Config =>
  loadConfig({ RUSTOK_HOME, DATABASE_URL: db.url, ...env });

const production = {
  NODE_ENV: "production",
  RUSTOK_SECRET: "q3J8vX1mZ7rT5kL9wB2nC6yH4dF0sG8pE1uA3iO5",
};

async function findingsOf(
  env: NodeJS.ProcessEnv = {},
  overrides: Partial<Patient> = {},
): Promise<Finding[]> {
  const config = configOf(env);
  const url = config.database.url ?? "";
  return examine({ ...patientOf(config, url), ...overrides }, checks);
}

/** What is not well, each with its remedy. */
const troubles = async (...given: Parameters<typeof findingsOf>) =>
  (await findingsOf(...given)).filter(({ status }) => status !== "ok");

/** Makes a fault, looks, and mends it; then all must be well again. */
async function withFault(make: string, mend: string): Promise<Finding[]> {
  await owner.query(make);
  try {
    return await troubles();
  } finally {
    await owner.query(mend);
    expect(await troubles()).toEqual([]);
  }
}

test("an installation that is well: every check says so, and nothing needs to be done", async () => {
  const findings = await findingsOf();
  expect(findings.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(new Set(findings.map(({ check }) => check))).toEqual(
    new Set(checks.map(({ name }) => name)),
  );
  expect(findings.every(({ remedy }) => remedy === undefined)).toBe(true);
});

describe("the database", () => {
  test("a policy is gone", async () => {
    const found = await withFault(
      "drop policy tenant_rows on products",
      `create policy tenant_rows on products to rustok_app
       using (tenant_id = (select current_tenant())) with check (tenant_id = (select current_tenant()))`,
    );
    expect(found).toMatchObject([
      {
        check: "policies",
        status: "fault",
        what: "table products has no policy, so that nobody sees its rows",
      },
    ]);
    expect(found[0]?.remedy).toContain("protect_tenant_rows('products')");
  });

  test("row-level security is not forced", async () => {
    const found = await withFault(
      "alter table nodes no force row level security",
      "alter table nodes force row level security",
    );
    expect(found).toMatchObject([
      {
        check: "policies",
        status: "fault",
        what: "table nodes has no row-level security that is enabled and forced",
      },
    ]);
  });

  test("a policy lets everybody in", async () => {
    const found = await withFault(
      "create policy oops on users to rustok_app using (true)",
      "drop policy oops on users",
    );
    expect(found).toMatchObject([
      { check: "policies", what: "table users the policy oops opens it to other tenants" },
    ]);
  });

  test("a migration is missing, and one is of a later version", async () => {
    const { rows } = await owner.query<{ name: string }>(
      "select name from migrations order by name desc limit 1",
    );
    const last = rows[0]?.name ?? "";
    const missing = await withFault(
      `update migrations set name = 'was ' || name where name = '${last}'`,
      `update migrations set name = '${last}' where name = 'was ${last}'`,
    );
    expect(missing).toMatchObject([
      { check: "migrations", status: "fault", what: `Not run: ${last}` },
      { check: "migrations", status: "warning", what: `Not of this version: was ${last}` },
    ]);
    expect(missing[0]?.remedy).toContain("rustok migrate");
  });

  test("an extension is missing", async () => {
    const found = await withFault(
      // As if it were gone: dropping it takes along what cannot be put back here.
      "update pg_extension set extname = 'not_fuzzystrmatch' where extname = 'fuzzystrmatch'",
      "update pg_extension set extname = 'fuzzystrmatch' where extname = 'not_fuzzystrmatch'",
    );
    expect(found).toMatchObject([{ check: "extensions", status: "fault" }]);
    expect(found[0]?.remedy).toContain("create extension fuzzystrmatch");
  });

  test("the server's role owns a table", async () => {
    const found = await withFault(
      "alter table prices owner to rustok_app",
      `alter table prices owner to ${new URL(db.url).username}`,
    );
    expect(found).toMatchObject([
      {
        check: "roles",
        status: "fault",
        what: "rustok_app owns the table prices, and may switch its policies off",
      },
    ]);
  });

  test("it takes fewer connections than a process may hold", async () => {
    const found = await troubles({ DATABASE_POOL_SIZE: "500" });
    expect(found).toMatchObject([{ check: "connections", status: "fault" }]);
    expect(found[0]?.remedy).toContain("max_connections");
  });

  test("the clocks are apart", async () => {
    const at = (ms: number) => troubles({}, { now: () => Date.now() + ms });
    expect(await at(-60_000)).toMatchObject([
      { check: "clock", status: "fault", what: expect.stringMatching(/(59|60)\.\d s apart/) },
    ]);
    expect(await at(3_000)).toMatchObject([{ check: "clock", status: "warning" }]);
  });

  test("it is away: what asks it says so, each by itself", async () => {
    const gone = `postgres://rustok:random@127.0.0.1:${await freePort()}/rustok`;
    const found = await troubles({ DATABASE_URL: gone });
    expect(found.length).toBeGreaterThan(4);
    expect(found[0]).toMatchObject({ check: "database", status: "fault" });
    expect(found.every(({ what }) => what.includes("ECONNREFUSED"))).toBe(true);
    expect(found.every(({ remedy }) => remedy?.includes("DATABASE_URL"))).toBe(true);
  });
});

describe("what is around it", () => {
  test("a default secret in production, and every other fault of the environment", async () => {
    const found = await diagnose({
      NODE_ENV: "production",
      RUSTOK_HOME,
      RUSTOK_SECRET: "changeme-changeme-changeme-changeme",
      PORT: "seventy",
    });
    expect(found.map(({ check, status }) => [check, status])).toEqual([
      ["environment", "fault"],
      ["environment", "fault"],
    ]);
    expect(told(found)).toContain("RUSTOK_SECRET: looks like a default");
    expect(told(found)).toContain("→ Set it as .env.example shows.");
  });

  test("production with a password anybody knows, nobody to read metrics, and the owner's login", async () => {
    const url = new URL(db.url);
    url.password = "postgres";
    const found = await troubles({
      ...production,
      DATABASE_URL: url.href,
      DATABASE_OWNER_URL: db.url,
    });
    expect(found.filter(({ check }) => check === "secrets").map(({ what }) => what)).toEqual([
      "the database's password can be guessed, or there is none",
      "nobody may read /metrics",
      "this process knows who owns the tables",
    ]);
  });

  test("the disk is nearly full", async () => {
    const config = { ...configOf(), database: { ...configOf().database, url: undefined } };
    const look = (free: number) =>
      examine(
        { ...patientOf(config, db.url), freeBytes: async () => free },
        checks.filter(({ name }) => name === "disk"),
      );
    expect(await look(100e6)).toMatchObject([{ status: "fault" }]);
    expect(await look(1e9)).toMatchObject([{ status: "warning" }]);
    expect(await look(50e9)).toMatchObject([{ status: "ok" }]);
  });

  test("the mail server is away, and in production there is none", async () => {
    const SMTP_URL = `smtp://127.0.0.1:${await freePort()}`;
    const found = await troubles({ SMTP_URL, MAIL_FROM: "shop@mail.example" });
    expect(found).toMatchObject([{ check: "mail", status: "fault" }]);
    expect(found[0]?.remedy).toContain("SMTP_URL");
    const silent = await troubles({ ...production, METRICS_TOKEN: "a".repeat(20) });
    expect(silent).toMatchObject([{ check: "mail", status: "warning" }]);
  });

  test("Redis is away", async () => {
    const RUSTOK_REDIS_URL = `redis://127.0.0.1:${await freePort()}`;
    const found = await troubles({ RUSTOK_REDIS_URL });
    expect(found).toMatchObject([
      { check: "redis", status: "fault", what: expect.stringContaining("ECONNREFUSED") },
    ]);
    expect(found[0]?.remedy).toContain("RUSTOK_REDIS_URL");
  });
});

describeRedis("a Redis", () => {
  test("that throws away what it has no room for", async () => {
    const { url, client } = await startRedis();
    expect(await troubles({ RUSTOK_REDIS_URL: url })).toEqual([]);
    await client.config("SET", "maxmemory-policy", "allkeys-lru");
    const found = await troubles({ RUSTOK_REDIS_URL: url });
    expect(found).toMatchObject([
      { check: "redis", status: "fault", what: expect.stringContaining("allkeys-lru") },
    ]);
    expect(found[0]?.remedy).toContain("noeviction");
  });
});

describeMeilisearch("a Meilisearch", () => {
  const withKey = async (MEILISEARCH_API_KEY: string) => {
    const { url, prefix } = await theMeilisearch();
    const env = { MEILISEARCH_HOST: url, MEILISEARCH_INDEX_PREFIX: prefix, MEILISEARCH_API_KEY };
    return (await troubles(env)).filter(({ status }) => status === "fault");
  };
  beforeAll(async () => void (await theMeilisearch()), 60_000);

  test("with the key of docs/search.md", async () => {
    expect(await withKey((await theMeilisearch()).apiKey)).toEqual([]);
  });

  test("with a key of somebody else, one that may only search, and the master key", async () => {
    const { searchKey, masterKey } = await theMeilisearch();
    for (const key of ["a key of somebody else", searchKey.key]) {
      const found = await withKey(key);
      expect(found).toMatchObject([{ check: "search", what: expect.stringContaining("may not") }]);
      expect(found[0]?.remedy).toContain("docs/search.md");
    }
    expect(await withKey(masterKey)).toMatchObject([
      { check: "search", what: expect.stringContaining("master key") },
    ]);
  });
});
