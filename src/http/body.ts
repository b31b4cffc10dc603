import type { IncomingMessage } from "node:http";
import readRaw from "raw-body";
import { BadUserInput, DomainError } from "#kernel/errors";

/** The most a request may send. */
export const bodyLimit = "1mb";

/** The whole body as text. Throws PAYLOAD_TOO_LARGE or BAD_USER_INPUT. */
export async function readText(request: IncomingMessage): Promise<string> {
  try {
    return await readRaw(request, {
      limit: bodyLimit,
      length: request.headers["content-length"],
      encoding: "utf-8",
    });
  } catch (error) {
    if ((error as { type?: string }).type === "entity.too.large") {
      throw new DomainError({
        code: "PAYLOAD_TOO_LARGE",
        status: 413,
        message: `The body is larger than ${bodyLimit}.`,
      });
    }
    throw BadUserInput.at([], "the body did not arrive whole");
  }
}

/** The body parsed as JSON; an empty one is undefined. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw BadUserInput.at([], "the body is not JSON");
  }
}
