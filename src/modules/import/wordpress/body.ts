import { link, withoutShortcodes } from "./shortcodes.ts";

/**
 * HTML of a text as WordPress keeps it. The block editor keeps HTML; the older one keeps paragraphs
 * as blank lines, which only become tags when a page is shown.
 */
export function bodyHtml(stored: string): string {
  const html = withoutShortcodes(stored);
  return html.includes("<!-- wp:") ? html : paragraphs(withoutComments(html));
}

function withoutComments(html: string): string {
  const [before = "", ...others] = html.split("<!--");
  return before + others.map((each) => each.split("-->").slice(1).join("-->")).join("");
}

/** Blocks whose inside is left alone, and those in which paragraphs may stand. */
const opaque =
  "table|ul|ol|dl|pre|script|style|form|figure|iframe|video|audio|object|address|details|p|h[1-6]";
const clear = "div|section|article|aside|main|header|footer|nav|blockquote|center|hr";
const blockTag = new RegExp(`(</?(?:${opaque}|${clear})\\b[^<>]*>)`, "i");
const opaqueTag = new RegExp(`^<(/?)(?:${opaque})\\b.*(?<!/)>$`, "is");

/** Wraps what blank lines part in <p>, and breaks its lines with <br>. */
function paragraphs(html: string): string {
  let depth = 0;
  const pieces = html
    .replaceAll("\r\n", "\n")
    .split(blockTag)
    .map((piece, index) => {
      // Every other piece is a tag.
      if (index % 2 === 0) return depth > 0 ? piece : wrapped(piece);
      const [, slash] = opaqueTag.exec(piece) ?? [];
      if (slash !== undefined) depth = Math.max(0, depth + (slash ? -1 : 1));
      return piece;
    });
  return pieces.join("").trim();
}

function wrapped(text: string): string {
  const all = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => `<p>${lone.test(paragraph) ? link(paragraph) : broken(paragraph)}</p>\n`);
  return `\n${all.join("")}`;
}

/** An address on a line of its own is what WordPress replaces by a player. */
const lone = /^https?:\/\/[^\s<>"]+$/;

function broken(paragraph: string): string {
  return paragraph.replace(/(<br\s*\/?>)?\n/gi, "<br>\n");
}
