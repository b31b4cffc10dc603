import { jobs as attacks } from "./attacks.ts";
import { allRowsOf } from "./rows.ts";
import { tellTalesOf } from "./sweep.ts";
import type { Twin } from "./twin-shop.ts";
import type { Finding, World } from "./world.ts";

/** Runs every job for one shop with the ids of another, and then for the shop that they are of. */
export async function raidJobs(world: World, from: Twin, by: Twin): Promise<Finding[]> {
  const findings: Finding[] = [];
  const shows = await tellTalesOf(world, from);
  for (const job of world.registry.jobs) {
    const where = `job ${job.name}`;
    const payload = attacks[job.name]?.(from.ids);
    if (payload === undefined) {
      findings.push({ where, what: "is not in attacks.ts: say there how it is attacked" });
      continue;
    }
    const before = await allRowsOf(world.db, from.editor.tenant);
    const parsed: unknown = job.payload.parse(payload);
    // Refusing such ids is as good as finding nothing behind them.
    await job.run(by.editor, parsed).catch(() => {});
    if ((await allRowsOf(world.db, from.editor.tenant)) !== before) {
      findings.push({ where, what: "changes another tenant's rows" });
    }
    if (shows(await allRowsOf(world.db, by.editor.tenant))) {
      findings.push({ where, what: "copies another tenant's things" });
    }
    await job.run(from.editor, parsed).catch((error: unknown) => {
      findings.push({ where, what: `fails for its own tenant: ${String(error)}` });
    });
  }
  return findings;
}
