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
  return parseJson(await readText(request));
}

/** Deeper than what anybody writes, and far from where recursion runs out of stack. */
const maxDepth = 100;

/** Throws BAD_USER_INPUT for what is no JSON, or nested too deep to be walked through. */
export function parseJson(text: string): unknown {
  if (text === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw BadUserInput.at([], "the body is not JSON");
  }
  if (isDeeper(value, maxDepth)) {
    throw BadUserInput.at([], `the body is nested deeper than ${maxDepth} levels`);
  }
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** Throws unless the request says that it sends JSON: the only type that browsers ask leave for. */
export function demandJson({ headers }: IncomingMessage): void {
  if (/^application\/json\b/i.test(headers["content-type"] ?? "")) return;
  throw new DomainError({
    code: "BAD_USER_INPUT",
    status: 415,
    message: "The Content-Type must be application/json.",
  });
}
