import { chmod, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { findPostmaster } from "#processes/postgres/postmaster";
import { aFolder, query } from "../a-folder.ts";
import { AnotherProcess, FAST } from "../another-process.ts";
import { refusalOf } from "../refusal.ts";

/** An account that every system has: "daemon" or "bin". */
const USER = { uid: 1, gid: 1 };

describe.runIf(process.getuid?.() === 0 && process.platform === "linux")("as root", () => {
  test("PostgreSQL runs as an account without privileges, which alone can read the data", async () => {
    const directory = await aFolder();
    await startEmbeddedPostgres({ directory, settings: FAST });
    const data = await stat(join(directory, "postgres", "data"));
    const postmaster = await findPostmaster(join(directory, "postgres", "data"));
    const running = await stat(`/proc/${postmaster?.pid}`);
    expect(running.uid).not.toBe(0);
    expect(data).toMatchObject({ uid: running.uid, gid: running.gid });
    expect(data.mode & 0o777).toBe(0o700);
  });

  test("a folder which that account cannot enter is named, with what to do", async () => {
    const directory = await aFolder();
    const above = dirname(directory);
    await chmod(above, 0o700);
    const refusal = await refusalOf(startEmbeddedPostgres({ directory }));
    expect(refusal.replace(/account "\w+"/, "account <name>")).toBe(
      "PostgreSQL refuses to run as root, and the account <name> that it runs as instead " +
        `cannot enter ${above}. Open it with "chmod o+x ${above}", or start RusTok as an ordinary user.`,
    );

    await chmod(above, 0o711);
    expect(await startEmbeddedPostgres({ directory, settings: FAST })).toMatchObject({
      reused: false,
    });
  });

  test("a folder first used by a user works for root, and for the user again", async () => {
    const directory = await aFolder();
    const user = new AnotherProcess(USER);
    const { url } = await user.start(directory);
    await query(url, "create table kept as select 42 as answer");
    await user.stop();

    const byRoot = await startEmbeddedPostgres({ directory, settings: FAST });
    expect(await query(byRoot.url, "select * from kept")).toEqual([{ answer: 42 }]);
    await byRoot.stop();

    expect(await user.start(directory)).toEqual({ url, reused: false });
    await user.stop();
  });

  test("a folder first used by root is refused to a user in one line", async () => {
    const directory = await aFolder();
    const { stop } = await startEmbeddedPostgres({ directory, settings: FAST });
    await stop();
    const user = new AnotherProcess(USER);
    const cannotWrite =
      /^The account "\w+" cannot write to \S+\.rustok: EACCES: .+\. Give it to that account, or set RUSTOK_HOME to another folder\.$/;
    await expect(user.claim(directory)).rejects.toThrow(cannotWrite);
    await expect(user.start(directory)).rejects.toThrow(cannotWrite);

    await chmod(directory, 0o777);
    await expect(user.start(directory)).rejects.toThrow(
      /^\S+\.rustok\/postgres belongs to the account "\w+", and this is "\w+"\. .+ or set RUSTOK_HOME to another folder\.$/,
    );
  });
});
