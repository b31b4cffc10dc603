import type { Command } from "commander";
import pg from "pg";
import { Conflict } from "#kernel/errors";
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

/**
 * Verifies behind a server of its own, and removes the two tenants however it ends. Throws CONFLICT while
 * another verification is under way: each would remove the tenants of the other.
 */
export async function verifyInstallation(runtime: Runtime): Promise<Finding[]> {
  const owner = new pg.Client({ connectionString: runtime.ownerUrl });
  await owner.connect();
  try {
    await takeTurn(owner);
    return await verifyAlone(runtime, owner);
  } finally {
    await owner.end();
  }
}

async function takeTurn(owner: pg.ClientBase): Promise<void> {
  const { rows } = await owner.query<{ ours: boolean }>(
    "select pg_try_advisory_lock(hashtextextended('rustok tenancy:verify', 0)) as ours",
  );
  if (!rows[0]?.ours) throw new Conflict("Another verification is under way.");
}

async function verifyAlone(runtime: Runtime, owner: pg.ClientBase): Promise<Finding[]> {
  const { config, registry, db, log } = runtime;
  await removeShops(owner, runtime);
  try {
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
    await removeShops(owner, runtime);
  }
}
