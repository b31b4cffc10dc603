import { UnreadableFile } from "./errors.ts";

/**
 * Text of a file in UTF-8, without its byte order mark.
 * Anything else is refused with the line it is in: guessing an encoding would store wrong letters.
 */
export async function* decodeUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for await (const chunk of chunks) {
    const text = decodeStrictly(decoder, chunk, line);
    line += newlines(text);
    yield text;
  }
  decodeStrictly(decoder, undefined, line);
}

function decodeStrictly(
  decoder: TextDecoder,
  chunk: Uint8Array | undefined,
  firstLine: number,
): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    if (!chunk) throw new UnreadableFile("NOT_UTF8", "The file ends within a letter.", {});
    const [readable = ""] = new TextDecoder().decode(chunk).split("\uFFFD");
    const line = firstLine + newlines(readable);
    throw new UnreadableFile("NOT_UTF8", `The file is not in UTF-8: see line ${line}.`, { line });
  }
}

/** One newline character for each end of a line, whichever system the file comes from. */
export async function* unifyNewlines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = "";
  for await (const text of texts) {
    const whole = held + text;
    held = whole.endsWith("\r") ? "\r" : "";
    yield whole.slice(0, whole.length - held.length).replace(/\r\n?/g, "\n");
  }
  if (held) yield "\n";
}

export function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
