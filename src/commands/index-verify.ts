import type { Command } from "commander";
import type { RequestContext } from "#kernel/context";
import { type CommentDifference, refreshComments, verifyComments } from "#modules/blog";
import { type Difference, engineHasCaughtUp, repair, verify } from "#modules/index";
import { type PageDifference, refreshPages, verifyPages } from "#modules/pages";
import { repairSearch, type SearchDifference, verifySearch } from "#modules/search";
import { barsOf } from "./index-rebuild.ts";
import { anyTenantOption, visitTenants } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

/** Differences are repaired this many at a time, so that a hundred thousand need not be held. */
const batchSize = 500;

export function addIndexVerify(program: Command): void {
  program
    .command("index:verify")
    .description(
      "Compare source, read model and search engine document by document; exits with 1 when any differs.",
    )
    .addOption(anyTenantOption())
    .option("--repair", "repair just what differs")
    .action((options: { tenant?: string; repair?: boolean }) =>
      withRuntime(async (runtime) => {
        const sync = options.repair ? runtime.search.startSync() : undefined;
        const tally = { differences: 0, refused: 0 };
        try {
          await visitTenants(runtime, options.tenant, (ctx) =>
            verifyTenant(ctx, options.repair ?? false, tally),
          );
        } finally {
          await sync?.stop();
        }
        process.stdout.write(conclusion(tally, options.repair ?? false));
        if (tally.differences > 0 && !options.repair) process.exitCode = 1;
      }),
    );
}

interface Tally {
  differences: number;
  /** What the engine cannot have: an editor's matter, no drift. */
  refused: number;
}

async function verifyTenant(ctx: RequestContext, mend: boolean, tally: Tally): Promise<void> {
  const bars = barsOf(ctx.tenant.slug);
  await take(ctx, tally, verify(ctx, { onProgress: bars.update }), mend ? repair : undefined);
  bars.end();
  await verifyOptional(ctx, mend, tally);
  if (mend) await engineHasCaughtUp(ctx);
  await take(ctx, tally, verifySearch(ctx), mend ? repairSearch : undefined);
  if (mend) await engineHasCaughtUp(ctx);
}

/** What a tenant does without is not kept up to date, and is made so when it is switched on. */
async function verifyOptional(ctx: RequestContext, mend: boolean, tally: Tally): Promise<void> {
  const off = ctx.tenant.disabledModules;
  if (!off.includes("blog")) {
    await take(ctx, tally, verifyComments(ctx), mend ? byId(refreshComments) : undefined);
  }
  if (!off.includes("pages")) {
    await take(ctx, tally, verifyPages(ctx), mend ? byId(refreshPages) : undefined);
  }
}

const byId =
  (refresh: (ctx: RequestContext, ids: string[]) => Promise<void>) =>
  (ctx: RequestContext, differences: { id: string }[]): Promise<void> =>
    refresh(
      ctx,
      differences.map(({ id }) => id),
    );

type AnyDifference = Difference | SearchDifference | CommentDifference | PageDifference;

/** Names each difference, and hands them on to be repaired. */
async function take<Found extends AnyDifference>(
  ctx: RequestContext,
  tally: Tally,
  found: AsyncIterable<Found>,
  mend: ((ctx: RequestContext, differences: Found[]) => Promise<void>) | undefined,
): Promise<void> {
  let batch: Found[] = [];
  for await (const difference of found) {
    const { store, kind, id, locale, reason, fields } = difference;
    const line = [ctx.tenant.slug, store, kind, id, locale, reason, fields.join(",")];
    process.stdout.write(`${line.join("\t").trimEnd()}\n`);
    tally[reason === "refused" ? "refused" : "differences"] += 1;
    batch.push(difference);
    if (mend && batch.length >= batchSize) {
      await mend(ctx, batch);
      batch = [];
    }
  }
  await mend?.(ctx, batch);
}

function conclusion({ differences, refused }: Tally, mended: boolean): string {
  const cannot =
    refused > 0 ? `${refused} documents cannot be in the search engine as they are.\n` : "";
  if (differences === 0) return `${cannot}Source, read model and search engine agree.\n`;
  return `${cannot}${differences} documents differed; ${mended ? "they are repaired" : "`index:verify --repair` mends them"}.\n`;
}
