import sanitize from "sanitize-html";

/** What an editor's text is made of: words, lists, tables, pictures. Nothing runs, submits, frames or styles. */
const tags = `
  h1 h2 h3 h4 h5 h6 p br hr div span blockquote pre
  ul ol li dl dt dd
  a b strong i em u s del ins mark small sub sup
  abbr cite code kbd samp var q time bdi bdo ruby rt rp
  img figure figcaption
  table caption colgroup col thead tbody tfoot tr th td`;

const options: sanitize.IOptions = {
  allowedTags: tags.trim().split(/\s+/),
  // Neither id nor name: a page's scripts may find an element by them that an editor has put in the way.
  allowedAttributes: {
    "*": ["lang", "dir", "title"],
    a: ["href", "rel"],
    img: ["src", "alt", "width", "height", "loading"],
    ol: ["start", "reversed"],
    col: ["span"],
    colgroup: ["span"],
    th: ["colspan", "rowspan", "scope"],
    td: ["colspan", "rowspan"],
    time: ["datetime"],
    q: ["cite"],
    blockquote: ["cite"],
  },
  allowedClasses: { code: ["language-*"] },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowedSchemesAppliedToAttributes: ["href", "src", "cite"],
  // Deeper than any text, and shallow enough for whoever walks the tree after us.
  nestingLimit: 100,
};

/**
 * The HTML without whatever could act for its author in a reader's browser: scripts, handlers, frames,
 * forms, styles, and links that are neither to the web, to mail nor to a telephone. Text survives the
 * tags around it, except that of scripts, styles and form fields. Sanitising twice gives the same as once.
 */
export function sanitizeHtml(html: string): string {
  return sanitize(html, options);
}
