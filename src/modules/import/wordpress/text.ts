import sanitizeHtml from "sanitize-html";

const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };

/** What a reader sees of a piece of HTML, on one line: markup gone, entities as the letters they stand for. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return oneLine(html);
  const text = sanitizeHtml(html.replace(block, " $&"), { allowedTags: [], allowedAttributes: {} });
  // What is left was escaped by the line above, and only so.
  return oneLine(text.replace(/&(?:amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity));
}

/** Words on both sides of such a tag are two. */
const block = /<(?:br|\/?(?:p|h[1-6]|li|dt|dd|div|tr|td|th|pre|blockquote|figcaption))\b/gi;

/** At most `length` characters, cut between words where there are any. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "");
  const words = cut.replace(/\s+\S*$/, "");
  return `${words || cut}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** As slugs of other scripts are written in an export; one that was cut within a letter stays as it is. */
export function percentDecoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}
