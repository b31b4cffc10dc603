import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { UnreadableFile } from "./errors.ts";
import type { Source } from "./records.ts";

/** A file on disk, which can be read more than once: a pipe cannot. */
export async function fileSource(path: string): Promise<Source> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    throw new UnreadableFile("NO_SUCH_FILE", `There is no file "${path}".`, {});
  }
  return () => createReadStream(path);
}
