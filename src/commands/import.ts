import type { Command } from "commander";
import { importShopify, importWordpress, type ImportOptions, type Report } from "#modules/import";
import type { RequestContext } from "#kernel/context";
import { progressBar } from "./progress.ts";
import { contextOf, tenantOption } from "./tenant-option.ts";
import { withRuntime } from "./with-runtime.ts";

type Importer = (ctx: RequestContext, file: string, options: ImportOptions) => Promise<Report>;

export function addImport(program: Command): void {
  const imports = program
    .command("import")
    .description(
      "Take in another system's export. Running it again changes what has changed, and no more.",
    );
  addImporter(imports, "shopify", "a product export, as CSV", importShopify);
  addImporter(imports, "wordpress", "a site export, as XML (WXR)", importWordpress);
}

function addImporter(imports: Command, name: string, what: string, run: Importer): void {
  imports
    .command(`${name} <file>`)
    .description(what)
    .addOption(tenantOption())
    .action((file: string, { tenant }: { tenant: string }) =>
      withRuntime(async (runtime) => {
        const bar = progressBar(name);
        const report = await run(await contextOf(runtime, tenant), file, {
          onProgress: bar.update,
        });
        bar.end();
        process.stdout.write(describe(report));
        if (report.failed.length > 0) process.exitCode = 1;
      }),
    );
}

/** The outcome in a line, and each record that was left out with its place and reason. */
export function describe({ created, updated, unchanged, failed }: Report): string {
  const failures = failed.map(({ line, reason }) => `  line ${line}: ${reason}\n`);
  return `${created} created, ${updated} updated, ${unchanged} unchanged, ${failed.length} left out\n${failures.join("")}`;
}
