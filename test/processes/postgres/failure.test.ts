import { execFileSync } from "node:child_process";
import { mkdir, readdir, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { stopPostmaster } from "#processes/postgres/postmaster";
import { aFolder } from "../a-folder.ts";
import { FAST } from "../another-process.ts";

const isRoot = process.getuid?.() === 0;

test("a start that fails shows what PostgreSQL said last, and spoils nothing", async () => {
  const directory = await aFolder();
  await expect(
    startEmbeddedPostgres({ directory, settings: { ...FAST, shared_buffers: "much" } }),
  ).rejects.toThrow(
    /did not start in .*postgres\. The end of .*postgres\.log:\n.*FATAL: {2}invalid value for parameter "shared_buffers": "much"$/s,
  );

  const { reused } = await startEmbeddedPostgres({ directory, settings: FAST });
  expect(reused).toBe(false);
});

test.skipIf(isRoot)("a folder that cannot be written is named", async () => {
  const directory = await aFolder();
  await mkdir(directory, { mode: 0o555 });
  await expect(startEmbeddedPostgres({ directory })).rejects.toThrow(
    /^The account ".+" cannot write to \S+\.rustok: EACCES: .+, or set RUSTOK_HOME to another folder\.$/,
  );
});

describe.runIf(isRoot && process.platform === "linux")("when the disk is full", () => {
  test("a first start says so, and leaves nothing half made", async () => {
    const directory = await aDisk("8m");
    await expect(startEmbeddedPostgres({ directory, settings: FAST })).rejects.toThrow(
      /^initdb could not make a database in .*No space left on device/s,
    );
    expect(await readdir(directory)).toEqual([]);
  });

  test.each([
    { left: 0, message: /ENOSPC: no space left on device, write\. Make room, or set RUSTOK_HOME/ },
    {
      left: 4096,
      message:
        /did not start .* has only 0 MB left\. .*FATAL: {2}could not write lock file "postmaster\.pid": No space left on device$/s,
    },
  ])("a start on existing data with $left bytes left says so", async ({ left, message }) => {
    const directory = await aDisk("100m");
    const { stop } = await startEmbeddedPostgres({ directory, settings: FAST });
    await stop();
    const { bavail, bsize } = await statfs(directory);
    await writeFile(join(directory, "filler"), Buffer.alloc(bavail * bsize - left));
    await expect(startEmbeddedPostgres({ directory, settings: FAST })).rejects.toThrow(message);

    await rm(join(directory, "filler"));
    expect(await startEmbeddedPostgres({ directory, settings: FAST })).toMatchObject({
      reused: false,
    });
  });
});

/** A folder on a file system of its own. */
async function aDisk(size: string): Promise<string> {
  const directory = await aFolder();
  await mkdir(directory);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=755`, "tmpfs", directory]);
  onTestFinished(async () => {
    await stopPostmaster(join(directory, "postgres", "data"));
    execFileSync("umount", [directory]);
  });
  return directory;
}
