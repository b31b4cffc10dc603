/**
 * The part of a URL that a name stands for: "Crème & Café №5" gives "creme-cafe-no5".
 * Letters of other scripts stay; a name without a letter or digit gives the empty text.
 */
export function handleOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/(\p{Script=Latin})\p{M}+/gu, "$1")
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, LONGEST)
    .replace(/(?:-|[\uD800-\uDBFF])+$/, "");
}

const LONGEST = 200;
