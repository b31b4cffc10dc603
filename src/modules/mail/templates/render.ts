import { sanitizeHtml } from "#kernel/html";
import { escapeHtml } from "#kernel/mail/escape-html";
import type { MailText } from "#kernel/mail/template";
import { inLayout } from "./layout.ts";
import { fillIn, fillInHtml } from "./liquid.ts";

/** A mail as it is read. */
export interface Rendered {
  subject: string;
  text: string;
  /** A whole page. */
  html: string;
}

/** A header is one line, and shown about so far. */
const longestSubject = 200;

/** The mail that a text makes of values. A value is text wherever it stands: it adds no header and no HTML. */
export function render(
  { subject, text, html }: MailText,
  values: Record<string, string>,
  locale: string,
): Rendered {
  const oneLine = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.replaceAll(/\s+/g, " ")]),
  );
  const plain = fillIn(text, values).trim();
  const content = html ? sanitizeHtml(fillInHtml(html, values)) : paragraphs(plain);
  return {
    subject: fillIn(subject, oneLine).replaceAll(/\s+/g, " ").trim().slice(0, longestSubject),
    text: `${plain}\n`,
    html: inLayout({ site: values["site"] ?? "", locale, content }),
  };
}

/** Plain text as HTML; a line that is a link can be followed. */
const paragraphs = (text: string) =>
  text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split("\n").map(line).join("<br>")}</p>`)
    .join("\n");

const line = (text: string) =>
  /^https?:\/\/\S+$/.test(text)
    ? `<a href="${escapeHtml(text)}">${escapeHtml(text)}</a>`
    : escapeHtml(text);
