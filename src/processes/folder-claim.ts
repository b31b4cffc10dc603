import { join } from "node:path";
import { openFolder } from "./folder.ts";
import { tryHold, type Holder, type Release } from "./held-file.ts";

/** Another server works in the folder. The message is one line for the person at the terminal. */
export class FolderInUse extends Error {
  constructor(directory: string, holder: Holder) {
    super(
      `${directory} is in use by process ${holder.pid} (${holder.command}, since ${localTime(holder.since)}). ` +
        "Stop it first, or set RUSTOK_HOME to another folder.",
    );
    this.name = "FolderInUse";
  }
}

/**
 * Claims a folder for this server until it releases it or ends, however it ends. Command-line tools
 * do not claim: they work beside a server.
 * @throws FolderInUse, FolderNotUsable
 */
export async function claimFolder(directory: string): Promise<Release> {
  const folder = await openFolder(directory);
  const claim = await tryHold(join(folder, "server.lock"));
  if ("holder" in claim) throw new FolderInUse(folder, claim.holder);
  return claim.release;
}

/** "2026-11-22 22:40": the Swedish way of writing a date is the ISO one. */
function localTime(iso: string): string {
  return new Date(iso).toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" });
}
