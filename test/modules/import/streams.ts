import { createReadStream } from "node:fs";
import type { Source } from "#modules/import";

/** The bytes of a text in pieces so small that every boundary falls inside something. */
export function inPieces(text: string | Uint8Array, size = 7): Source {
  const bytes = Buffer.from(text);
  return async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
}

export function file(url: URL): Source {
  return () => createReadStream(url);
}

export function fixture(name: string): URL {
  return new URL(`fixtures/${name}`, import.meta.url);
}

/** Sample exports lie beside the project on some machines, and are no part of it. */
export function sample(name: string): URL {
  return new URL(`../../../../shared/data/${name}`, import.meta.url);
}

export async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
