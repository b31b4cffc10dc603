import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Command } from "commander";
import type { RequestContext } from "#kernel/context";
import { exportTenant } from "#modules/tenants";
import { contextOf } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

export function addTenantExport(program: Command): void {
  program
    .command("tenant:export <slug> <file>")
    .description(
      "Write all rows of a tenant, by module, one a line; compressed if the name ends in .gz.",
    )
    .action((slug: string, file: string) =>
      withRuntime(async (runtime) => {
        await exportTo(await contextOf(runtime, slug), file);
        process.stdout.write(`${file}\n`);
      }),
    );
}

/**
 * Answers how many rows there are. The file is there once it is whole. Only its owner may read it: it
 * holds what signs people in.
 */
export async function exportTo(ctx: RequestContext, file: string): Promise<number> {
  const begun = `${file}.part`;
  const out = createWriteStream(begun, { mode: 0o600 });
  let last = "";
  async function* noted() {
    for await (const line of exportTenant(ctx)) yield (last = line);
  }
  const lines = Readable.from(noted());
  try {
    if (file.endsWith(".gz")) await pipeline(lines, createGzip(), out);
    else await pipeline(lines, out);
    await rename(begun, file);
    return (JSON.parse(last) as { rows: number }).rows;
  } catch (error) {
    await rm(begun, { force: true });
    throw error;
  }
}
