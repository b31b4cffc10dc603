import { mkdtemp, rm } from "node:fs/promises";
import { constants, getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { afterwards } from "#test/afterwards";
import { build } from "#test/build";
import { meilisearchVersion } from "#test/meilisearch";
import { freePort } from "#test/process";
import { describeRedis } from "#test/redis";
import { aTraceCollector, type TraceCollector } from "#test/trace-collector";
import {
  type Addresses,
  environmentOf,
  run,
  startMail,
  startPostgres,
  startSearch,
  startValkey,
  until,
} from "./compose/arrangement.ts";
import { madeEnvironment, type Service, services } from "./compose/compose-file.ts";

/** The image's ENTRYPOINT, run from the folder that the image is made of. */
const entrypoint = ["node_modules/.bin/node", "dist/src/rustok.js"];

describe.skipIf(meilisearchVersion === null)("docker-compose.yml without containers", () => {
  describeRedis("on PostgreSQL, Redis, Meilisearch and SMTP", () => {
    const env = madeEnvironment();
    let file: Record<string, Service>;
    let collector: TraceCollector;
    const addresses: Addresses = new Map();
    const running: (ReturnType<typeof run> & { name: string; url: string })[] = [];
    let mail: { said: string[] };
    let administrator: { email: string; password: string };

    const service = (name: string): Service => file[name] ?? {};
    const once = async (words: string[], given: Record<string, string>) => {
      const { ended, said } = run(words, given);
      expect(await ended, said()).toBe(0);
      return said();
    };
    const command = (name: string, ...words: string[]) =>
      once([...entrypoint, ...words], environmentOf(service(name), addresses));
    const of = (name: string) => running.filter((process) => process.name === name);

    /** Each replica with an address of its own, which is what a container is for. */
    async function start(name: string): Promise<void> {
      const { command: words = [], deploy } = service(name);
      for (let replica = 0; replica < (deploy?.replicas ?? 1); replica++) {
        const port = String(await freePort());
        const where = { HOST: "127.0.0.1", PORT: port, METRICS_PORT: port };
        const given = { ...environmentOf(service(name), addresses), ...where };
        const process = run([...entrypoint, ...words], given);
        running.push({ ...process, name, url: `http://127.0.0.1:${port}` });
      }
    }

    /** As Docker asks how a container is. */
    async function isHealthy({ name, url }: (typeof running)[number]): Promise<boolean> {
      const [how, ...test] = service(name).healthcheck?.test ?? [];
      expect(how).toBe("CMD");
      const port = new URL(url).port;
      const asked = run(
        test.map((word) => (word === "node" ? "node_modules/.bin/node" : word)),
        {
          PORT: port,
          METRICS_PORT: port,
        },
      );
      return (await asked.ended) === 0;
    }

    beforeAll(async () => {
      await build();
      const home = await mkdtemp(join(tmpdir(), "rustok-compose-"));
      afterwards(() => rm(home, { recursive: true, force: true }));
      addresses.set("/tmp/rustok", home);
      collector = await aTraceCollector();
      file = services({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
      await startPostgres(service("postgres"), addresses);
      await startValkey(service("valkey"), addresses);
      await startSearch(service("meilisearch"), addresses);
      mail = await startMail(addresses);
    }, 300_000);

    test("the one-off steps: keys for the search engine, then the schema, both twice", async () => {
      const keys = service("search-keys");
      const script = keys.volumes?.[0]?.split(":") ?? [];
      const words = (keys.command ?? []).map((word) =>
        word === script[1] ? `${script[0]}` : word,
      );
      for (const _ of [1, 2]) await once(words, environmentOf(keys, addresses));
      const migrate = service("migrate").command ?? [];
      expect(await command("migrate", ...migrate)).toContain("up to date");
      expect(await command("migrate", ...migrate)).toContain("up to date");
    }, 300_000);

    test("two webs, two workers and a relay come up, as who owns no table, and are healthy", async () => {
      for (const name of ["web", "worker", "relay"]) {
        expect(service(name).environment).not.toHaveProperty("DATABASE_OWNER_URL");
        await start(name);
      }
      expect([of("web").length, of("worker").length, of("relay").length]).toEqual([2, 2, 1]);
      for (const process of running) {
        await until(async () => {
          expect(process.child.exitCode, process.said()).toBeNull();
          return isHealthy(process);
        });
      }
    }, 300_000);

    test("who is waited for goes before what is done in the background", () => {
      const niceness = (name: string) => of(name).map(({ child }) => getPriority(child.pid));
      expect([...niceness("web"), ...niceness("worker"), ...niceness("relay")]).toEqual([
        getPriority(),
        getPriority(),
        constants.priority.PRIORITY_BELOW_NORMAL,
        constants.priority.PRIORITY_BELOW_NORMAL,
        constants.priority.PRIORITY_BELOW_NORMAL,
      ]);
    });

    test("what is written on one web is found on the other, by Meilisearch", async () => {
      const words =
        "tenant:create shop --name Shop --administrator ann@shop.example --locale en --currency EUR --domain 127.0.0.1";
      const said = await command("migrate", ...words.split(" "));
      administrator = {
        email: "ann@shop.example",
        password: /Password (\S+)/.exec(said)?.[1] ?? "",
      };
      const [one, other] = of("web").map(({ url }) => url);
      const { accessToken } = await post<{ accessToken: string }>(
        `${one}/api/auth/login`,
        administrator,
      );
      const { data, errors } = await post<Answer>(
        `${one}/api/graphql`,
        {
          query: `mutation {
            createProduct(input: {
              handle: "kettle"
              translations: [{ locale: "en", title: "A copper kettle" }]
            }) { id }
          }`,
        },
        accessToken,
      );
      expect(errors).toBeUndefined();
      const id = (data["createProduct"] as { id: string }).id;
      await post(
        `${one}/api/graphql`,
        { query: `mutation { publishProduct(input: { id: "${id}" }) { id } }` },
        accessToken,
      );
      await until(async () => {
        const found = await post<Answer>(`${other}/api/graphql`, {
          query: `{ searchProducts(query: "coper kettel") { engine totalCount } }`,
        });
        const search = found.data["searchProducts"] as { engine: string; totalCount: number };
        return search.engine === "MEILISEARCH" && search.totalCount === 1;
      });
    }, 120_000);

    test("that was one trace, through three processes", async () => {
      const task = await collector.until((spans) =>
        spans.find(({ name }) => name === "search task documentAdditionOrUpdate"),
      );
      // Both mutations may have become one job, in the first one's trace.
      const names = ["mutation ", "send index-products", "process index-products"];
      const steps = await collector.until((spans) => {
        const ofTrace = spans.filter(({ traceId }) => traceId === task.traceId);
        const found = names.flatMap(
          (name) => ofTrace.find((span) => span.name.startsWith(name)) ?? [],
        );
        return found.length === names.length && found;
      });
      expect(new Set(steps.map(({ resource }) => resource["process.pid"])).size).toBe(3);
    }, 120_000);

    test("a mail goes out through the workers", async () => {
      const [web] = of("web");
      await post(`${web?.url}/api/auth/password/forgotten`, { email: administrator.email });
      await until(async () => mail.said.includes(`RCPT TO:<${administrator.email}>`));
      expect(mail.said).toContain(`MAIL FROM:<${env["MAIL_FROM"]}>`);
    }, 60_000);

    test("every process is measured, for whoever has the token", async () => {
      const authorization = `Bearer ${env["METRICS_TOKEN"]}`;
      const texts = await Promise.all(
        running.map(async ({ url }) => {
          expect((await fetch(`${url}/metrics`)).status).toBe(401);
          return (await fetch(`${url}/metrics`, { headers: { authorization } })).text();
        }),
      );
      const count = (name: string) =>
        texts.reduce((sum, text) => {
          const lines = text.split("\n").filter((line) => line.startsWith(name));
          return sum + lines.reduce((all, line) => all + Number(line.split(" ").at(-1)), 0);
        }, 0);
      expect(
        count('rustok_job_duration_seconds_count{queue="index-products",outcome="done"}'),
      ).toBeGreaterThan(0);
      expect(count("rustok_events_handed_over_total")).toBeGreaterThan(1);
      expect(count("rustok_database_up")).toBe(running.length);
    });

    test("the doctor has nothing to say", async () => {
      const { status, findings } = JSON.parse(await command("web", "doctor", "--json")) as {
        status: string;
        findings: { status: string }[];
      };
      expect(findings.filter((finding) => finding.status !== "ok")).toEqual([]);
      expect(status).toBe("ok");
    }, 60_000);

    test("all of them stop by themselves when they are asked to, within what Docker gives them", async () => {
      const began = performance.now();
      for (const { child } of running) child.kill("SIGTERM");
      expect(await Promise.all(running.map(({ ended }) => ended))).toEqual(running.map(() => 0));
      expect(performance.now() - began).toBeLessThan(25_000);
    }, 60_000);
  });
});

interface Answer {
  data: Record<string, unknown>;
  errors?: unknown;
}

async function post<T>(url: string, body: unknown, token?: string): Promise<T> {
  const headers = {
    "content-type": "application/json",
    ...(token && { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return (answer.status === 204 ? undefined : await answer.json().catch(() => undefined)) as T;
}
