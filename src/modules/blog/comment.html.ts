import MarkdownIt from "markdown-it";
import sanitize from "sanitize-html";

/** No HTML of a reader's own: what looks like a tag is shown as it was typed. */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });

const options: sanitize.IOptions = {
  // No pictures: whoever serves them would learn who reads. No headings: a comment is no chapter of the page.
  allowedTags: ["p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"],
  allowedAttributes: { a: ["href", "rel"], ol: ["start"] },
  allowedSchemes: ["http", "https", "mailto"],
  transformTags: {
    a: sanitize.simpleTransform("a", { rel: "nofollow ugc noopener" }),
  },
};

/** The HTML of what a reader has typed, as Markdown. Links gain nothing for whoever places them. */
export const commentHtml = (text: string): string =>
  sanitize(markdown.render(text), options).trim();
