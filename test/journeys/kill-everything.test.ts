import { beforeAll, expect, test } from "vitest";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { describeMeilisearch, type RealMeilisearch, startMeilisearch } from "#test/meilisearch";
import { install, type Installed, type Role } from "#test/process";
import { signIn } from "./an-administrator.ts";
import { holdUpProjections, overtaking } from "./hold-up-projections.ts";
import { makeDisorder } from "./kill-everything/disorder.ts";
import { Editors } from "./kill-everything/editors.ts";
import { carryOut, kills, type Victim } from "./kill-everything/kills.ts";
import { randomFrom } from "./kill-everything/random.ts";
import { anOnlooker, type Onlooker, rest } from "./onlooker.ts";
import { reachQueues } from "./reach-queues.ts";

const writes = Number(process.env["KILL_WRITES"] || 500);
const deaths = Number(process.env["KILL_DEATHS"] || 6);
/** Says who is killed when. */
const seed = Number(process.env["KILL_SEED"] || Math.floor(Math.random() * 1e9));
const quietMs = 30_000;
const limitMs = 200_000 + writes * 200;
const everybody = ["web", "worker", "relay", "meilisearch"] as const;

describeMeilisearch("web, worker, relay and Meilisearch", () => {
  let meilisearch: RealMeilisearch;
  let rustok: Installed;
  let databaseUrl: string;
  let onlooker: Onlooker;
  let editors: Editors;
  const random = randomFrom(seed);

  beforeAll(async () => {
    meilisearch = await startMeilisearch();
    const env: NodeJS.ProcessEnv = {
      ...overtaking,
      MEILISEARCH_HOST: meilisearch.url,
      MEILISEARCH_API_KEY: meilisearch.apiKey,
      MEILISEARCH_INDEX_PREFIX: meilisearch.prefix,
    };
    rustok = await install({ env });
    // Several processes share it, so none of them may own it.
    const postgres = await startEmbeddedPostgres({ directory: rustok.home });
    databaseUrl = env["DATABASE_URL"] = postgres.url;
    const page = await rustok.start("web");
    await Promise.all([rustok.start("worker"), rustok.start("relay")]);
    onlooker = await anOnlooker(databaseUrl, meilisearch);
    editors = new Editors(await signIn(rustok, page), random);
  }, 300_000);

  test(
    `killed ${deaths} times in ${writes} writes, lose nothing (KILL_SEED=${seed})`,
    async () => {
      const queues = reachQueues(databaseUrl);
      await queues.pausePatrol();
      await editors.foundCategories(5);
      const anchor = await editors.create();

      const isOver = () => editors.written >= writes;
      const killing = carryOut(
        kills(everybody, deaths, writes, random),
        victims(),
        () => editors.written,
      );
      const disorder = makeDisorder(onlooker, queues, random, isOver);
      const holdUp = holdUpProjections(databaseUrl, anchor, isOver);
      const write = async (change: () => Promise<void>) => {
        while (!isOver()) {
          while (killing.overdue() > 4) await rest(20);
          await change();
        }
      };
      await Promise.all(
        Array.from({ length: 6 }, async () => {
          let id = await editors.create();
          await write(async () => {
            id = await editors.change(id);
          });
        }),
      );
      await killing.done;
      const made = await disorder;
      await holdUp;

      const began = performance.now();
      await onlooker.rest(2 * quietMs);
      const tookMs = performance.now() - began;
      expect(await onlooker.differences()).toEqual([]);
      // What is done every so often may fail while Meilisearch is away: its next turn comes.
      expect((await onlooker.failed()).filter(({ scheduled }) => !scheduled)).toEqual([]);
      expect(tookMs).toBeLessThan(quietMs);
      expect(made.jobs).toBeGreaterThan(writes / 100);
      expect(made.events).toBeGreaterThan(writes / 100);
      process.stderr.write(
        `kill everything: seed ${seed}, ${JSON.stringify({ ...editors.counts, ...made, tookMs })}\n`,
      );
    },
    limitMs,
  );

  function victims(): Record<(typeof everybody)[number], Victim> {
    const process = (role: Role): Victim => ({
      kill: () => rustok.end("SIGKILL", role),
      start: () => rustok.start(role),
    });
    return {
      web: process("web"),
      worker: process("worker"),
      relay: process("relay"),
      meilisearch: { kill: () => meilisearch.kill(), start: () => meilisearch.start() },
    };
  }
});
