import MarkdownIt from "markdown-it";
import type { BodyFormat } from "#entities/content/node";
import { sanitizeHtml } from "#kernel/html";

/** What an editor writes. HTML within Markdown is allowed: all that is rendered is sanitised. */
export interface WrittenBody {
  format: BodyFormat;
  source: string;
}

/** What is kept of it, with the one form that leaves the admin side. */
export interface KeptBody extends WrittenBody {
  html: string;
}

const markdown = new MarkdownIt({ html: true, linkify: true });

/** Renders the body. Of HTML only the sanitised form is kept: nothing harmful lies about as a source. */
export function render({ format, source }: WrittenBody): KeptBody {
  const html = sanitizeHtml(format === "markdown" ? markdown.render(source) : source);
  return { format, source: format === "markdown" ? source : html, html };
}
