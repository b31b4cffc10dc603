import pg from "pg";
import type { Logger } from "pino";
import { Alarm } from "#kernel/alarm";
import { as } from "#kernel/database";
import { jobsFor } from "#kernel/dispatch";
import type { Enqueue, JobRequest } from "#kernel/jobs";
import type { Listener } from "#kernel/listeners";
import { claim, markDispatched, outboxChannel } from "#kernel/outbox";
import { eventsHandedOver, relayFaults } from "./job-metrics.ts";
import { handedOver } from "./tracing/hand-over.ts";
import { TenantLoad } from "#kernel/tenant-load";

/** How many events one transaction hands over, about. */
const batchSize = 500;
/** The longest a lost notification can leave an event waiting. */
const pollMs = 1_000;
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
  log: Logger;
}): Relay {
  const { url, listeners, enqueue, log } = options;
  const alarm = new Alarm();
  const load = new TenantLoad();
  let stopping = false;

  async function run(): Promise<void> {
    while (!stopping) {
      const client = new pg.Client({
        connectionString: url,
        options: as("rustok_relay"),
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
    while (!stopping && (await handOver(client)) > 0) {
      // A tenant gets no more than its share of a batch, however many others have nothing.
    }
    if (!stopping) await alarm.wait(pollMs);
  }

  async function handOver(client: pg.Client): Promise<number> {
    await client.query("begin");
    try {
      const events = await claim(client, batchSize);
      if (events.length > 0) {
        await handedOver(jobsFor(events, listeners).map(prioritised), enqueue);
        await markDispatched(client, events);
      }
      await client.query("commit");
      eventsHandedOver.inc(events.length);
      return events.length;
    } catch (error) {
      await client.query("rollback").catch(() => {});
      throw error;
    }
  }

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
