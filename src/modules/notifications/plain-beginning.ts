import sanitize from "sanitize-html";

const longest = 500;

const named: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };

/** How an HTML text begins, without its tags. */
export function plainBeginning(html: string): string {
  const parted = html.replaceAll(/<(br|\/p|\/li|\/h[1-6]|\/blockquote)\b[^>]*>/gi, "$&\n");
  const text = sanitize(parted, { allowedTags: [], allowedAttributes: {} })
    .replaceAll(/&(?:amp|lt|gt|quot);/g, (sign) => named[sign] ?? sign)
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
  return text.length > longest ? `${text.slice(0, longest).trimEnd()} …` : text;
}
