import type { Command } from "commander";
import { rotateKeys } from "#kernel/security/signing-keys";
import { withRuntime } from "./with-runtime.ts";

export function addKeysRotate(program: Command): void {
  program
    .command("keys:rotate")
    .description("Make a new key for signing access tokens; it signs in five minutes.")
    .option("--now", "sign with it at once, and take back whatever the others have signed", false)
    .action(({ now }: { now: boolean }) =>
      withRuntime(async ({ db, config }) => {
        const { id, signsFrom } = await rotateKeys(db, config.secret, { atOnce: now });
        process.stdout.write(`Key ${id}\nSigns from ${signsFrom.toISOString()}\n`);
      }),
    );
}
