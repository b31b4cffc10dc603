/**
 * A text without the signs that are no part of words. Meilisearch takes some of them for letters:
 * "<b>mug" would be one word, and "red|blue".
 */
export function withoutSigns(text: string): string {
  return text.replace(/[\p{C}\p{S}]/gu, (sign) => (joins.test(sign) ? sign : " "));
}

/** What belongs within a word: soft hyphens, and what joins letters of Persian and Hindi. */
const joins = /[\u00ad\u200c\u200d]/;
