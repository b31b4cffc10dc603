/**
 * WordPress's own shortcodes, which nothing else would render, as HTML: captions and embeds keep
 * what they hold, players and galleries of the media library go. Other bracketed words are the
 * author's text, or a plugin's, and stay; `[[gallery]]` is WordPress's way to write `[gallery]`.
 */
export function withoutShortcodes(html: string): string {
  return html
    .replace(caption, (_, picture: string, words: string) => {
      return `<figure>${picture}<figcaption>${words.trim()}</figcaption></figure>`;
    })
    .replace(embed, (_, url: string) => link(url.trim()))
    .replace(player, "")
    .replace(escaped, "$1");
}

export function link(url: string): string {
  const address = url.replaceAll('"', "%22");
  return `<a href="${address}">${url}</a>`;
}

// None of them looks beyond the next bracket or tag it begins with, so that hostile text costs no more.
const caption =
  /(?<!\[)\[(?:wp_)?caption\b[^[\]]*\]\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*<\/a>)?)((?:(?!\[(?:wp_)?caption\b).)*?)\[\/(?:wp_)?caption\]/gs;
const embed = /(?<!\[)\[embed\b[^[\]]*\]([^[\]]*)\[\/embed\]/g;
const player = /(?<!\[)\[\/?(?:gallery|playlist|audio|video)\b[^[\]]*\](?!\])/g;
const escaped = /\[(\[(?:caption|wp_caption|embed|gallery|playlist|audio|video)\b[^[\]]*\])\]/g;
