import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import { Alarm } from "#kernel/alarm";
import { as } from "#kernel/database/database";
import { jobsFor } from "#kernel/events/dispatch";
import type { Listener } from "#kernel/events/listeners";
import {
  claim,
  handingOver,
  markDispatched,
  outboxChannel,
  type StoredEvent,
} from "#kernel/events/outbox";
import type { Enqueue, JobRequest } from "#kernel/jobs/job";
import { TenantLoad } from "#kernel/jobs/tenant-load";
import { eventsHandedOver, relayFaults } from "./job-metrics.ts";
import type { LostJobs } from "./lost-jobs.ts";
import { handedOver } from "./tracing/hand-over.ts";

/** How many events one transaction hands over, about. */
const batchSize = 500;
/** The longest a lost notification can leave an event waiting. */
const pollMs = 1_000;
/**
 * What comes alone is handed over at once. While several things change in between, the relay rests longer
 * and longer from one hand-over to the next, in milliseconds, so that they go together: a job for each of
 * a hundred changes a second would cost the database several times as much.
 */
const gatherMs = { least: 25, most: 500 };
/**
 * How long a relay may keep events claimed and do nothing, in milliseconds: one that is frozen, or whose
 * machine is gone, then loses them to the others.
 */
const frozenMs = 10_000;
/** The wait after a fault; a queue that is down must not be hammered. */
const retryMs = 1_000;

export interface Relay {
  /** Finishes the batch at hand, then ends. */
  stop(): Promise<void>;
}

/**
 * Hands committed events to the queues: the only thing that puts event jobs there.
 * An event counts as handed over when its jobs are on their queues, so a crash in between repeats
 * it and never loses it. Any number of relays share the work.
 */
export function startRelay(options: {
  url: string;
  listeners: Listener[];
  enqueue: Enqueue;
  /** Absent where jobs are as safe as the events. */
  lostJobs?: LostJobs | undefined;
  log: Logger;
}): Relay {
  const { url, listeners, lostJobs, log } = options;
  const alarm = new Alarm();
  const load = new TenantLoad();
  let stopping = false;
  let restMs = 0;

  async function run(): Promise<void> {
    while (!stopping) {
      const client = new pg.Client({
        connectionString: url,
        options: `${as("rustok_relay")} -c idle_in_transaction_session_timeout=${frozenMs}`,
        application_name: "rustok relay",
        keepAlive: true,
      });
      client.on("error", () => alarm.ring());
      client.on("notification", () => alarm.ring());
      try {
        await client.connect();
        await client.query(`listen ${outboxChannel}`);
        while (!stopping) await drain(client);
      } catch (error) {
        if (stopping) break;
        relayFaults.inc();
        log.warn({ err: error }, "the relay starts over");
        // What rang was the fault itself, or an event that cannot be handed over now.
        alarm.reset();
        await alarm.wait(retryMs);
      } finally {
        await client.end().catch(() => {});
      }
    }
  }

  /** Everything that waits, then one rest until there is more. */
  async function drain(client: pg.Client): Promise<void> {
    alarm.reset();
    const began = performance.now();
    const changed = new Set<string>();
    let events: StoredEvent[];
    do {
      events = await handOver(client);
      for (const { aggregateId } of events) changed.add(aggregateId);
      // A tenant gets no more than its share of a batch, however many others have nothing.
    } while (!stopping && events.length > 0);
    if (!stopping) await alarm.wait(pollMs);
    restMs = nextRest(restMs, changed.size);
    const leftMs = began + restMs - performance.now();
    if (!stopping && leftMs > 0) await delay(leftMs);
  }

  async function handOver(client: pg.Client): Promise<StoredEvent[]> {
    await lostJobs?.look(client, enqueue);
    await client.query(`begin; ${handingOver}`);
    try {
      const events = await claim(client, batchSize);
      if (events.length > 0) {
        await enqueue(jobsFor(events, listeners));
        await markDispatched(client, events);
      }
      await client.query("commit");
      eventsHandedOver.inc(events.length);
      return events;
    } catch (error) {
      await client.query("rollback").catch(() => {});
      throw error;
    }
  }

  const enqueue: Enqueue = (requests) => handedOver(requests.map(prioritised), options.enqueue);

  /** A tenant that keeps the workers busy comes after those that do not. */
  function prioritised(request: JobRequest): JobRequest {
    const { tenantId, eventIds } = request.data;
    return { ...request, priority: load.add(tenantId, eventIds.length) };
  }

  const running = run();
  return {
    async stop() {
      stopping = true;
      alarm.ring();
      await running;
    },
  };
}

/** How long to rest after a hand-over of so many things, when the rest before it was so long. */
export function nextRest(restMs: number, changed: number): number {
  const { least, most } = gatherMs;
  if (changed > 1) return Math.min(most, Math.max(least, restMs * 2));
  return restMs > least ? restMs / 2 : 0;
}
