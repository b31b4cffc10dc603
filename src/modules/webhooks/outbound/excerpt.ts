import type { IncomingMessage } from "node:http";

/** More of an answer is not read; the connection is given up instead. */
const mostBytes = 16_384;
/** The longest that the rest of an answer is waited for: its status has been told. */
const patienceMs = 1_000;
/** How much of it is kept. */
const mostCharacters = 1_000;

/** The beginning of an answer's body, as text that PostgreSQL can store. An answer that is cut short is as good. */
export async function excerptOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const late = setTimeout(() => answer.destroy(), patienceMs);
  try {
    for await (const chunk of answer) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      // Leaving the loop destroys the stream, and with it the connection.
      if (bytes >= mostBytes) break;
    }
  } catch {
    // What has arrived by then is what there is to see.
  } finally {
    clearTimeout(late);
  }
  return Buffer.concat(chunks)
    .toString("utf8")
    .replaceAll("\0", "\u{fffd}")
    .slice(0, mostCharacters);
}
