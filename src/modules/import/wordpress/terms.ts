import { handleOf } from "../handle.ts";
import type { AuthorRecord, CategoryRecord, TagRecord } from "../records.ts";
import { childrenOf, textOf, type Element } from "./elements.ts";
import { percentDecoded, plainText } from "./text.ts";

/** Keys are handles: a login with a stray character is still the same author. */
export const authorKey = (login: string): string => handleOf(login);

/** The key of the category or tag with this slug. */
export const termKey = (slug: string): string => `content/${handleOf(percentDecoded(slug))}`;

export function authorOf(login: string, name: string): AuthorRecord {
  const handle = authorKey(login);
  return { type: "author", key: handle, handle, name: plainText(name) || login, bio: null };
}

export function categoryOf(slug: string, name: string, locale: string): CategoryRecord {
  return {
    ...termOf(slug),
    type: "category",
    parent: null,
    position: 0,
    translations: [{ locale, name: plainText(name) || slug, description: null }],
  };
}

export function tagOf(slug: string, name: string): TagRecord {
  return { ...termOf(slug), type: "tag", name: plainText(name) || slug };
}

function termOf(slug: string): { key: string; scope: "content"; handle: string } {
  const handle = handleOf(percentDecoded(slug));
  return { key: termKey(slug), scope: "content", handle };
}

export function readAuthor(element: Element): AuthorRecord {
  const part = (name: string) => textOf(element, `wp:author_${name}`);
  const name = part("display_name") || `${part("first_name")} ${part("last_name")}`;
  return authorOf(part("login"), name);
}

export function readCategory(element: Element, locale: string): CategoryRecord {
  const name = textOf(element, "wp:cat_name");
  const parent = textOf(element, "wp:category_parent");
  const description = plainText(textOf(element, "wp:category_description")) || null;
  const category = categoryOf(textOf(element, "wp:category_nicename"), name, locale);
  return {
    ...category,
    parent: parent ? termKey(parent) : null,
    translations: category.translations.map((each) => ({ ...each, description })),
  };
}

export function readTag(element: Element): TagRecord {
  return tagOf(textOf(element, "wp:tag_slug"), textOf(element, "wp:tag_name"));
}

/** What an item is filed under in one taxonomy: "category", "post_tag" or "post_format". A slug without a letter is none. */
export function filedUnder(item: Element, taxonomy: string): { slug: string; name: string }[] {
  return childrenOf(item, "category")
    .filter(({ attributes }) => attributes.domain === taxonomy)
    .map(({ attributes, text }) => ({ slug: attributes.nicename ?? "", name: text }))
    .filter(({ slug }) => handleOf(percentDecoded(slug)));
}
