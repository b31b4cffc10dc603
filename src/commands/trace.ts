import type { Command } from "commander";
import { NotFound } from "#kernel/errors";
import { parseId } from "#kernel/ids";
import { stepsOf, trace, type Trace } from "#modules/index";
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
        const { tenant, trace: found } = await find(runtime, event, options.tenant);
        process.stdout.write(told(tenant, found));
      }),
    );
}

/** Looks with the tenant with the slug, or with every tenant. Throws NOT_FOUND. */
export async function find(
  runtime: Runtime,
  event: string,
  slug: string | undefined,
): Promise<{ tenant: string; trace: Trace }> {
  const id = parseId(event);
  const found: { tenant: string; trace: Trace }[] = [];
  await visitTenants(runtime, slug, async (ctx) => {
    const of = id ? await trace(ctx, id) : null;
    if (of) found.push({ tenant: ctx.tenant.slug, trace: of });
  });
  if (!found[0]) throw new NotFound("event", event);
  return found[0];
}

/** A line for each step in the order of time, with how long after the change it was; what has not happened comes last. */
export function told(tenant: string, of: Trace): string {
  const lines = stepsOf(of).map(({ at, what }) => `${when(at, of.occurredAt)}  ${what}\n`);
  return `${of.type} ${of.id} of ${tenant}: ${of.aggregateId} at revision ${of.revision}\n${lines.join("")}`;
}

function when(at: Date | null, since: Date): string {
  if (!at) return "-".padEnd(38);
  return `${at.toISOString()}  ${`+${at.getTime() - since.getTime()} ms`.padStart(12)}`;
}
