import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { afterwards } from "#test/afterwards";
import { leash } from "#test/leash";
import { freePort } from "#test/process";
import { anSmtpServer } from "#test/smtp";
import type { Service } from "./compose-file.ts";

/** Where the services of other containers are here, by the addresses that the file knows them by. */
export type Addresses = Map<string, string>;

/** The service's environment, with the addresses they have here. */
export function environmentOf(service: Service, addresses: Addresses): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([name, value]) => [
      name,
      [...addresses].reduce((text, [there, here]) => text.replaceAll(there, here), String(value)),
    ]),
  );
}

/** Runs a service's command as its image would, from the folders that are mounted into it. */
export function run(
  [program = "", ...words]: string[],
  env: Record<string, string>,
): { child: ChildProcess; said(): string; ended: Promise<number | null> } {
  const child = spawn(program, words, {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  leash(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  afterwards(() => child.kill("SIGKILL"));
  const ended = once(child, "exit").then(([code]: (number | null)[]) => code ?? null);
  return { child, said: () => output, ended };
}

/** Resolves once `found` does, asked again and again. */
export async function until(found: () => Promise<unknown>, timeoutMs = 120_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const reason = await found().then(
      (answer) => (answer ? undefined : "not yet"),
      (error: unknown) => String(error),
    );
    if (reason === undefined) return;
    if (performance.now() > deadline) throw new Error(`It did not come to pass: ${reason}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** PostgreSQL with the settings of its command, and the roles that its image makes at the first start. */
export async function startPostgres(service: Service, addresses: Addresses): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "rustok-compose-"));
  // PostgreSQL runs as another account when this is root, and must get through.
  await chmod(directory, 0o711);
  const settings = Object.fromEntries(
    (service.command ?? []).flatMap((word) => {
      const [, name, value] = /^([a-z_]+)=(.*)$/.exec(word) ?? [];
      return name === undefined ? [] : [[name, value ?? ""]];
    }),
  );
  const { url, stop } = await startEmbeddedPostgres({
    directory,
    settings: { ...settings, fsync: "off" },
  });
  afterwards(async () => {
    await stop();
    await rm(directory, { recursive: true });
  });
  const { host } = new URL(url);
  const admin = new pg.Client({ connectionString: url.replace(/\/rustok$/, "/postgres") });
  await admin.connect();
  // Made by whoever starts an embedded one.
  await admin.query("drop database rustok");
  for (const statement of await rolesFor(service)) await admin.query(statement);
  await admin.query(`alter role postgres password '${service.environment?.["POSTGRES_PASSWORD"]}'`);
  await admin.end();
  addresses.set("postgres:5432", host);
}

/** As psql puts the variable in that 10-roles.sh hands it. */
async function rolesFor({ environment = {} }: Service): Promise<string[]> {
  const sql = await readFile("ops/postgres/roles.sql", "utf8");
  return sql
    .replaceAll(/^--.*$/gm, "")
    .replaceAll(":'server_password'", `'${environment["SERVER_PASSWORD"]}'`)
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

/** Valkey's command, which Redis takes as well. */
export async function startValkey({ command = [] }: Service, addresses: Addresses): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "rustok-compose-"));
  const port = String(await freePort());
  const words = ["--port", port, "--bind", "127.0.0.1", "--dir", folder];
  run(["redis-server", ...command.slice(1), ...words], {});
  afterwards(() => rm(folder, { recursive: true, force: true }));
  addresses.set("valkey:6379", `127.0.0.1:${port}`);
}

export async function startSearch(service: Service, addresses: Addresses): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "rustok-compose-"));
  const address = `127.0.0.1:${await freePort()}`;
  const where = ["--http-addr", address, "--db-path", join(folder, "data"), "--dump-dir", folder];
  run([...(service.command ?? []), ...where], environmentOf(service, addresses));
  afterwards(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await until(async () => (await fetch(`http://${address}/health`)).ok);
  addresses.set("meilisearch:7700", address);
}

/** In Mailpit's place. */
export async function startMail(addresses: Addresses): Promise<{ said: string[] }> {
  const { url, said } = await anSmtpServer();
  addresses.set("mailpit:1025", new URL(url).host);
  return { said };
}
