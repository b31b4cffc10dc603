import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { accountName } from "../folder.ts";
import { PostgresNotStarted } from "./not-started.ts";

const run = promisify(execFile);

/** An account of this machine that PostgreSQL runs as in root's place. */
export interface Account {
  uid: number;
  gid: number;
  name: string;
}

/**
 * The account PostgreSQL must run as, since it refuses root: the owner of the cluster or of the folder
 * around it, else `postgres`, else `nobody`. `undefined` for an ordinary user, who runs it himself.
 * @throws PostgresNotStarted when an ordinary user finds somebody else's cluster
 */
export async function accountFor(clusterFolder: string): Promise<Account | undefined> {
  const owner = await ownerOf(clusterFolder);
  const uid = process.getuid?.();
  if (uid === 0) {
    return owner ?? (await ownerOf(dirname(clusterFolder))) ?? (await systemAccount());
  }
  if (owner !== undefined && owner.uid !== uid) {
    throw new PostgresNotStarted(
      `${clusterFolder} belongs to the account "${owner.name}", and this is "${accountName()}". ` +
        "Start RusTok the way it was started first (as root?), or set RUSTOK_HOME to another folder.",
    );
  }
  return undefined;
}

/**
 * Refuses when `account` cannot get to `path`, naming the folder that is in the way.
 * Asked of the machine itself, by a process of that account: modes alone do not tell the whole story.
 */
export async function assertReachable(path: string, account: Account): Promise<void> {
  if (await canEnter(path, account)) return;
  for (const step of waysTo(path)) {
    if (await canEnter(step, account)) continue;
    throw new PostgresNotStarted(
      `PostgreSQL refuses to run as root, and the account "${account.name}" that it runs as instead cannot enter ${step}. ` +
        `Open it with "chmod o+x ${step}", or start RusTok as an ordinary user.`,
    );
  }
}

/** From the root down to the path itself. */
function waysTo(path: string): string[] {
  return dirname(path) === path ? [path] : [...waysTo(dirname(path)), path];
}

async function canEnter(path: string, { uid, gid, name }: Account): Promise<boolean> {
  try {
    await run("test", ["-x", path], { uid, gid, cwd: "/" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === 1) return false;
    throw new PostgresNotStarted(
      `PostgreSQL refuses to run as root, and nothing can be run as "${name}" instead (${String(error)}). ` +
        "Start RusTok as an ordinary user.",
      { cause: error },
    );
  }
}

/** `undefined` when nothing is there, or when it is root's. */
async function ownerOf(path: string): Promise<Account | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.uid === 0) return undefined;
  const known = (await accounts()).find((account) => account.uid === found.uid);
  return { uid: found.uid, gid: found.gid, name: known?.name ?? `uid ${found.uid}` };
}

async function systemAccount(): Promise<Account> {
  const known = await accounts();
  const named = (name: string) => known.find((account) => account.name === name);
  const account = named("postgres") ?? named("nobody");
  if (account !== undefined) return account;
  throw new PostgresNotStarted(
    'PostgreSQL refuses to run as root, and this machine has neither an account "postgres" nor "nobody" to run it as. Start RusTok as an ordinary user.',
  );
}

async function accounts(): Promise<Account[]> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  return lines
    .filter((fields) => fields.length >= 7)
    .map((fields) => ({ name: fields[0] ?? "", uid: Number(fields[2]), gid: Number(fields[3]) }));
}
