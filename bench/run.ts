import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { benchDetail } from "./cases/detail.ts";
import { benchSearch } from "./cases/search.ts";
import { benchSeed } from "./cases/seed.ts";
import { benchVisibility } from "./cases/visibility.ts";
import { signIn, startServer } from "./server.ts";
import { table, type Result } from "./table.ts";

// Everything runs here and now, ours and its yardstick in the same run: the ratios hold on another machine.
const port = 4_110;
const results: Result[] = [];
const note = (text: string) => process.stderr.write(`${text}\n`);

execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
const home = await mkdtemp(join(tmpdir(), "rustok-bench-"));
await chmod(home, 0o711);
let server = await startServer(home, port);
const token = await signIn(server);
const embedded = await startEmbeddedPostgres({ directory: home });
const owner = new pg.Pool({ connectionString: embedded.url, max: 4 });

try {
  note("resident memory, idle");
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const idleMb = await server.residentMb();

  note("seed and index");
  results.push(await benchSeed({ home, owner }));
  await owner.query("vacuum analyze");

  note("product detail");
  const { rows } = await owner.query<{ id: string }>("select id from tenants where slug = 'demo'");
  const tenantId = rows[0]?.id ?? "";
  results.push(await benchDetail({ url: server.url, owner, databaseUrl: embedded.url, tenantId }));

  note("search");
  results.push(await benchSearch({ url: server.url, databaseUrl: embedded.url, tenantId }));
  const loadedMb = await server.residentMb();

  note("mutation to visible");
  results.push(await benchVisibility({ url: server.url, token }));

  note("start on existing data");
  await server.stop();
  server = await startServer(home, port);
  results.push(
    {
      what: "start on existing data → ready",
      measured: `${(server.tookMs / 1_000).toFixed(1)} s`,
      yardstick: "",
      toReach: "report; aim ≤ 3 s",
      reached: "",
    },
    {
      what: "resident memory, all roles, idle / under load",
      measured: `${idleMb.toFixed(0)} / ${loadedMb.toFixed(0)} MB`,
      yardstick: "",
      toReach: "report; aim ≤ 250 / 450 MB",
      reached: "",
    },
  );
  process.stdout.write(`\n${table(results)}\n`);
} finally {
  await owner.end();
  await server.stop();
  await embedded.stop();
  await rm(home, { recursive: true });
}
