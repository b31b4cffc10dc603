const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };

/** What a reader sees of sanitised HTML, on one line. A tag that was cut off at the end is dropped. */
export function plainText(html: string): string {
  return html
    .replace(/<[^>]*(>|$)/g, " ")
    .replace(/&(?:#(\d{1,7})|(amp|lt|gt|quot|nbsp));/g, (entity, code, name) =>
      name ? (named[name] ?? entity) : character(Number(code), entity),
    )
    .replace(/\s+/g, " ")
    .trim();
}

function character(code: number, entity: string): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
}
