import { SaxesParser } from "saxes";
import { UnreadableFile } from "../errors.ts";
import { decodeUtf8 } from "../utf8.ts";

/** An element with all it holds; a name keeps its prefix: "wp:post_id". */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  /** Of the element itself, CDATA included, its children's left out. */
  text: string;
  children: Element[];
  line: number;
}

/** How deep the elements are that are handed on: below <rss> and <channel>. */
const DEPTH = 2;

/**
 * Streams what the channel of an RSS file holds, one element at a time: only that one is in memory.
 * Throws UnreadableFile where the file is no RSS, or is not well-formed to its very end.
 */
export async function* channelElements(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Element> {
  const parser = new SaxesParser({ xmlns: false });
  const above: Element[] = [];
  const complete: Element[] = [];
  let fault: UnreadableFile | undefined;

  parser.on("error", (error) => {
    fault ??= malformed(parser, error);
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (above.length === 0 && name !== "rss") fault ??= notWordpress(`it begins with <${name}>`);
    above.push({ name, attributes, text: "", children: [], line: parser.line });
  });
  const addText = (text: string) => {
    const element = above.length > DEPTH ? above.at(-1) : undefined;
    if (element) element.text += text;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const element = above.pop();
    if (!element) return;
    if (above.length > DEPTH) above.at(-1)?.children.push(element);
    else if (above.length === DEPTH) complete.push(element);
  });

  for await (const text of decodeUtf8(chunks)) {
    parser.write(text);
    if (fault) throw fault;
    yield* complete.splice(0);
  }
  parser.close();
  if (fault) throw fault;
}

export function notWordpress(because: string): UnreadableFile {
  return new UnreadableFile(
    "NOT_A_WORDPRESS_EXPORT",
    `The file is not an export of WordPress: ${because}.`,
    {},
  );
}

function malformed(parser: SaxesParser, error: Error): UnreadableFile {
  const { line, column } = parser;
  const problem = error.message.replace(/^[\d:]+:\s*/, "").replace(/\.$/, "");
  return new UnreadableFile(
    "MALFORMED_XML",
    `The file is not well-formed XML at line ${line}, column ${column}: ${problem}.`,
    { line, column, problem },
  );
}

/** The text of the first child of that name, or the empty text. */
export function textOf(element: Element, name: string): string {
  return element.children.find((child) => child.name === name)?.text.trim() ?? "";
}

export function childrenOf(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name);
}
