import type { Command } from "commander";
import pg from "pg";
import { buildGraphQLSchema } from "#kernel/graphql/schema";
import type { Runtime } from "#processes/runtime";
import { run } from "../main.ts";
import { removeShops } from "./tenancy-verify/remove.ts";
import { verifyTenancy } from "./tenancy-verify/verify.ts";
import type { Finding } from "./tenancy-verify/world.ts";
import { withRuntime } from "./with-runtime.ts";

export function addTenancyVerify(program: Command): void {
  program
    .command("tenancy:verify")
    .description(
      "Attack this installation from one tenant to another, with two made for it; exits with 1 when anything leaks.",
    )
    .action(() =>
      withRuntime(async (runtime) => {
        const findings = await verifyInstallation(runtime);
        for (const { where, what } of findings) process.stdout.write(`${where}\t${what}\n`);
        process.stdout.write(
          findings.length === 0
            ? "Nothing leaks from one tenant to another.\n"
            : `${findings.length} findings.\n`,
        );
        if (findings.length > 0) process.exitCode = 1;
      }),
    );
}

/** Verifies behind a server of its own, and removes the two tenants however it ends. */
export async function verifyInstallation(runtime: Runtime): Promise<Finding[]> {
  const { config, registry, db, log } = runtime;
  const owner = new pg.Client({ connectionString: runtime.ownerUrl });
  await owner.connect();
  try {
    await removeShops(owner);
    const http = {
      ...config.http,
      host: "127.0.0.1",
      port: 0,
      // It asks more often than anybody may.
      requestsPerMinute: { address: 0, tenant: 0 },
    };
    const web = await run({ ...runtime, config: { ...config, http }, close: async () => {} }, [
      "web",
    ]);
    try {
      const schema = await buildGraphQLSchema(registry);
      return await verifyTenancy({ url: web.url ?? "", registry, schema, db, log });
    } finally {
      await web.stop();
    }
  } finally {
    await removeShops(owner).finally(() => owner.end());
  }
}
