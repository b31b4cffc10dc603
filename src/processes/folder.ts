import { access, chmod, constants, mkdir, realpath } from "node:fs/promises";
import { userInfo } from "node:os";

/** The folder for RusTok's own files cannot be used. The message is one line for the person at the terminal. */
export class FolderNotUsable extends Error {
  constructor(directory: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy = /^(ENOSPC|EDQUOT)/.test(reason) ? "Make room" : "Give it to that account";
    super(
      `The account "${accountName()}" cannot write to ${directory}: ${reason}. ` +
        `${remedy}, or set RUSTOK_HOME to another folder.`,
      { cause },
    );
    this.name = "FolderNotUsable";
  }
}

/**
 * Makes sure that `directory` exists and can be written, and answers its real path.
 * @throws FolderNotUsable
 */
export async function openFolder(directory: string): Promise<string> {
  try {
    const created = await mkdir(directory, { recursive: true });
    // Whatever root's umask is: PostgreSQL runs as another account then and must get through.
    if (created !== undefined && process.getuid?.() === 0) await chmod(directory, 0o755);
    await access(directory, constants.W_OK | constants.X_OK);
    return await realpath(directory);
  } catch (error) {
    throw new FolderNotUsable(directory, error);
  }
}

/** The name of the account this process runs as; a container may have given it a number only. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.()}`;
  }
}
