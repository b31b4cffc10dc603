import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { distinct, on } from "#kernel/events/listeners";
import { Id } from "#kernel/ids";
import { defineJob } from "#kernel/jobs/job";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { TagCreated } from "#modules/taxonomy";
import { openQueues, type Queues } from "#processes/queues";
import { startRelay } from "#processes/relay";
import { startWorkers } from "#processes/worker";
import { backends, emptyRedis } from "#test/backends";
import { installation, log } from "#test/installation";

const { anEditor, db, owner } = await installation();
const quiet = log.child({}, { level: "silent" });

/** The whole size is `POISONED_EVENTS=10000 npm test`. */
const events = Number(process.env["POISONED_EVENTS"] || 3_000);
const oneIn = 1_000;

let poison: "none" | "in work" | "in words" = "none";
const isPoisoned = (id: string) => Number.parseInt(id.slice(-12), 16) % oneIn === 0;
let seen: string[] = [];
let failures = 0;

/** Fails as a whole for one bad id, as a set-based job does. */
const noticeTags = defineJob({
  name: "notice-tags",
  payload: z.object({ tagIds: z.array(Id) }),
  retry: { attempts: 3, firstDelayMs: 100 },
  run: async (_, { tagIds }) => {
    if (poison !== "none" && tagIds.some(isPoisoned)) {
      failures += 1;
      throw new Error("poisoned");
    }
    seen.push(...tagIds);
  },
});
const share = distinct(
  (payload) => payload["tagId"],
  (tagIds) => ({ tagIds }),
);
const listeners = [
  on([TagCreated], noticeTags, (heard) => {
    const ids = heard.map(({ payload }) => (payload as { tagId: string }).tagId);
    if (poison === "in words" && ids.some(isPoisoned)) throw new Error("cannot be read");
    return share(heard);
  }),
];

describe.each(backends)("a poisoned event in every thousand, on $name", ({ redisUrl: start }) => {
  let redisUrl: string | undefined;
  let editor: RequestContext;
  beforeAll(async () => {
    redisUrl = await start();
  });
  beforeEach(async () => {
    await owner.query("truncate sys_events, event_jobs, bullmq.job cascade");
    await emptyRedis();
    [seen, failures] = [[], 0];
    editor = await anEditor();
    await owner.query("truncate sys_events");
    await owner.query(
      `insert into sys_events (id, tenant_id, type, version, aggregate_id, revision, payload)
       select id, $1, $2, 1, id, 1, jsonb_build_object('tagId', id)
       from generate_series(1, $3) n,
            lateral (select ('01000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid) as made (id)`,
      [editor.tenant.id, TagCreated.type, events],
    );
  });

  let stop = async () => {};
  afterEach(() => stop());

  /** Relay and worker, until the test is over. */
  function startBackground(parting = true): Queues {
    const jobs = [noticeTags];
    const queues = openQueues({
      databaseUrl: db.url,
      redisUrl,
      jobs,
      onError: () => {},
    });
    const find: Parameters<typeof startWorkers>[0]["findTenant"] = (key) => findTenant(db, key);
    const of = { queues, jobs, concurrency: 2, db, findTenant: find, owners: new Map() };
    startWorkers({ ...of, ...(parting && { listeners }), log: quiet });
    const relay = startRelay({ url: db.url, listeners, enqueue: queues.enqueue, log: quiet });
    stop = async () => {
      await relay.stop();
      await queues.close(1_000);
    };
    return queues;
  }
  const dead = async (queues: Queues) => (await queues.all()[0]?.getFailed()) ?? [];
  const allSeenBut = (few: number) =>
    vi.waitFor(() => expect(new Set(seen).size).toBe(events - few), 100_000);

  test.each(["in work", "in words"] as const)(
    "delays nobody, and ends as a dead letter that can be retried (%s)",
    { timeout: 200_000 },
    async (where) => {
      poison = where;
      const queues = startBackground();
      const few = Math.floor(events / oneIn);
      await allSeenBut(few);
      await vi.waitFor(async () => expect(await dead(queues)).toHaveLength(few), 30_000);
      const letters = await dead(queues);
      const reason = where === "in work" ? "poisoned" : "cannot be read";
      for (const { data, failedReason } of letters) {
        expect([data.eventIds.length, failedReason]).toEqual([1, reason]);
      }
      // Not those that shared a job with it were tried again and again, but it alone.
      expect(failures).toBeLessThan(few * 10);
      poison = "none";
      for (const letter of letters) await letter.retry();
      await allSeenBut(0);
      expect(await dead(queues)).toEqual([]);
      // A job is seen before its end is on record.
      await vi.waitFor(async () => {
        const { rowCount } = await owner.query("select from event_jobs where failure is null");
        expect(rowCount).toBe(events);
      }, 30_000);
    },
  );

  test("the control: without parting, those that share its job die with it", async () => {
    poison = "in work";
    const queues = startBackground(false);
    await vi.waitFor(async () => expect((await dead(queues)).length).toBeGreaterThan(0), 30_000);
    expect((await dead(queues))[0]?.data.eventIds.length).toBeGreaterThan(1);
  });
});
