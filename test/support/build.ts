import { execFile } from "node:child_process";
import { access, mkdir, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { promisify } from "node:util";
import { inject } from "vitest";

/**
 * Builds what journeys run, once in a test run: a build begins from nothing, and files that are tested
 * side by side would take what they run away from each other.
 */
export async function build(): Promise<void> {
  const built = join(inject("runFolder"), "built");
  const turn = join(inject("runFolder"), "building");
  while (!(await isThere(built))) {
    const mine = await mkdir(turn).then(
      () => true,
      () => false,
    );
    if (mine) await buildNow(built).finally(() => rmdir(turn));
    else await rest(100);
  }
}

async function buildNow(built: string): Promise<void> {
  if (await isThere(built)) return;
  await promisify(execFile)("npm", ["run", "--silent", "build"]);
  await writeFile(built, "");
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
