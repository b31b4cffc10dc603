import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { accountFor, assertReachable, type Account } from "./account.ts";
import { findBinaries, type Binaries } from "./binaries.ts";
import { createCluster, removeHalfMade } from "./create-cluster.ts";

/** A whole database cluster on disk, running or not. All paths are absolute. */
export interface Cluster {
  /** Holds `data`, `log` and `users`; itself in RusTok's own folder. */
  folder: string;
  data: string;
  log: string;
  /** One file for each process that uses the database. */
  users: string;
  /** Of the superuser `postgres`. */
  password: string;
  /** Set when this process is root. */
  account: Account | undefined;
  binaries: Binaries;
}

/**
 * The cluster in `home`, made first when there is none.
 * Call it while holding the folder's lock: what it finds half made, it removes.
 */
export async function openCluster(home: string, syncToDisk: boolean): Promise<Cluster> {
  const folder = join(home, "postgres");
  const binaries = await findBinaries();
  const account = await accountFor(folder);
  if (account !== undefined) {
    await assertReachable(binaries.postgres, account);
    await assertReachable(home, account);
  }

  await removeHalfMade(home);
  if (!(await exists(folder))) await createCluster(home, folder, { account, binaries, syncToDisk });
  const password = (await readFile(join(folder, "password"), "utf8")).trim();
  return { ...pathsIn(folder), password, account, binaries };
}

function pathsIn(folder: string) {
  return {
    folder,
    data: join(folder, "data"),
    log: join(folder, "postgres.log"),
    users: join(folder, "users"),
  };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
