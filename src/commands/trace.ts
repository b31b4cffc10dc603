import type { Command } from "commander";
import { NotFound } from "#kernel/errors";
import { parseId } from "#kernel/ids";
import { trace, type Trace } from "#modules/index";
import { deliveriesOf, type TracedDelivery } from "#modules/webhooks";
import type { Runtime } from "#processes/runtime";
import { anyTenantOption, visitTenants } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addTrace(program: Command): void {
  program
    .command("trace")
    .argument("<event>", "an event's id, or a product's or node's for its latest change")
    .description("Show what became of a change: outbox, jobs, read model, search engine.")
    .addOption(anyTenantOption())
    .action((event: string, options: { tenant?: string }) =>
      withRuntime(async (runtime) => {
        const { tenant, trace: found, webhooks } = await find(runtime, event, options.tenant);
        process.stdout.write(told(tenant, found, webhooks));
      }),
    );
}

interface Found {
  /** Its slug. */
  tenant: string;
  trace: Trace;
  webhooks: TracedDelivery[];
}

/** Looks with the tenant with the slug, or with every tenant. Throws NOT_FOUND. */
export async function find(
  runtime: Runtime,
  event: string,
  slug: string | undefined,
): Promise<Found> {
  const id = parseId(event);
  const found: Found[] = [];
  await visitTenants(runtime, slug, async (ctx) => {
    const of = id ? await trace(ctx, id) : null;
    if (!of) return;
    const webhooks = await deliveriesOf(ctx, of.id);
    found.push({ tenant: ctx.tenant.slug, trace: of, webhooks });
  });
  if (!found[0]) throw new NotFound("event", event);
  return found[0];
}

/** A line for each step in the order of time, with how long after the change it was; what has not happened comes last. */
export function told(tenant: string, of: Trace, webhooks: TracedDelivery[] = []): string {
  const steps = [
    {
      at: of.occurredAt,
      what: `changed by ${of.actorId ?? "the system"}, request ${of.requestId}`,
    },
    of.handedOverAt
      ? { at: of.handedOverAt, what: "handed over to the queues" }
      : { at: null, what: "not handed over yet: it waits for a relay" },
    ...of.jobs.flatMap(({ job, startedAt, finishedAt, attempts, failure }) => {
      const attempt = attempts > 1 ? `, attempt ${attempts}` : "";
      const tookMs = finishedAt.getTime() - startedAt.getTime();
      return [
        { at: startedAt, what: `${job} began${attempt}` },
        {
          at: finishedAt,
          what: `${job} ${failure === null ? "done" : `failed: ${failure}`}, after ${tookMs} ms`,
        },
      ];
    }),
    ...of.rows.map((row) => ({
      at: row.indexedAt,
      what: `read model: ${place(row)}, revision ${row.revision}, ${row.showsChange ? "shows the change" : "from before the change"}`,
    })),
    ...of.documents.map((document) => ({
      at: document.doneAt,
      what: `search engine: ${place(document)}, ${
        document.problem
          ? `refused: ${document.problem}`
          : document.doneAt
            ? `task ${document.task}`
            : document.sentAt
              ? `waits for task ${document.task}`
              : "waits to be sent"
      }`,
    })),
    ...webhooks.flatMap(stepsOf),
  ];
  const lines = steps
    .toSorted((one, other) => timeOf(one.at) - timeOf(other.at))
    .map(({ at, what }) => `${when(at, of.occurredAt)}  ${what}\n`);
  return `${of.type} ${of.id} of ${tenant}: ${of.aggregateId} at revision ${of.revision}\n${lines.join("")}`;
}

/** The attempts of a delivery, and what is to come. */
function stepsOf({ url, delivery, attempts }: TracedDelivery) {
  const next = delivery.nextAttemptAt?.toISOString();
  return [
    ...attempts.map((one) => ({
      at: new Date(one.startedAt.getTime() + one.durationMs),
      what: `webhook to ${url}: attempt ${one.attempt} ${
        one.succeeded ? `answered ${one.statusCode}` : `failed: ${one.problem}`
      }, after ${one.durationMs} ms`,
    })),
    ...(next ? [{ at: null, what: `webhook to ${url}: the next attempt by ${next}` }] : []),
    ...(delivery.status === "failed"
      ? [{ at: delivery.finishedAt, what: `webhook to ${url}: given up: ${delivery.problem}` }]
      : []),
  ];
}

/** What has not happened comes last. */
const timeOf = (at: Date | null) => at?.getTime() ?? Number.MAX_SAFE_INTEGER;

const place = (of: { kind: string; locale: string; generation: number; live: boolean }) =>
  `${of.kind} in ${of.locale}, generation ${of.generation}${of.live ? "" : " (not live)"}`;

function when(at: Date | null, since: Date): string {
  if (!at) return "-".padEnd(38);
  return `${at.toISOString()}  ${`+${at.getTime() - since.getTime()} ms`.padStart(12)}`;
}
