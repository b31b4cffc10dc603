import { execFileSync, spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe } from "vitest";
import { afterwards } from "./afterwards.ts";
import { leash } from "./leash.ts";
import { freePort } from "./process.ts";

const binary = process.env["PGBOUNCER_BIN"] || "pgbouncer";

/** Prepared statements are kept track of from 1.21 on. */
const isUsable = /PgBouncer (1\.(2[1-9]|[3-9]\d)|[2-9])/.test(version());
const skipped = "skipped: no PgBouncer 1.21 or later";
if (!isUsable) process.stderr.write(`${skipped}\n`);

const group: (name: string, options: { skip: boolean }, body: () => void) => void = describe;

/** As `describe`, but skipped, saying so, where there is no PgBouncer to test against. */
export function describePgBouncer(name: string, body: () => void): void {
  group(isUsable ? name : `${name} (${skipped})`, { skip: !isUsable }, body);
}

/**
 * Starts one in transaction mode before the database, with few connections: those who ask share them.
 * Answers its URL for the login. It is gone at the end of the file.
 */
export async function startPgBouncer(
  databaseUrl: string,
  login: { user: string; password: string },
  connections = 3,
): Promise<string> {
  const { hostname, port: databasePort, pathname } = new URL(databaseUrl);
  const folder = await mkdtemp(join(tmpdir(), "rustok-pgbouncer-"));
  const port = await freePort();
  await writeFile(join(folder, "users.txt"), `"${login.user}" "${login.password}"\n`);
  await writeFile(
    join(folder, "pgbouncer.ini"),
    `[databases]
* = host=${hostname} port=${databasePort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${join(folder, "users.txt")}
pool_mode = transaction
default_pool_size = ${connections}
max_prepared_statements = 200
`,
  );
  for (const file of ["", "users.txt", "pgbouncer.ini"]) await chmod(join(folder, file), 0o755);
  const own = userInfo().uid === 0 ? ["-u", "nobody"] : [];
  const running = spawn(binary, [...own, join(folder, "pgbouncer.ini")], { stdio: "ignore" });
  leash(running);
  afterwards(async () => {
    running.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });
  const url = `postgres://${login.user}:${login.password}@127.0.0.1:${port}${pathname}`;
  for (let tries = 200; ; tries--) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return url;
    } catch (error) {
      if (tries === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function version(): string {
  try {
    return execFileSync(binary, ["--version"], { encoding: "utf8", stdio: "pipe" });
  } catch {
    return "";
  }
}
