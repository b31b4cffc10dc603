import { handleOf } from "../handle.ts";
import { childrenOf, textOf, type Element } from "./elements.ts";
import { parentsFirst } from "./order.ts";
import { percentDecoded, plainText, shortened } from "./text.ts";

/** The few words of a post or page that have to be known before the first of them is written. */
export interface Outline {
  key: string;
  kind: "post" | "page";
  parent: string | null;
  slug: string;
  line: number;
}

/** An outline among all others: its parent is there, its slug the only one of its kind. */
export interface Placed extends Outline {
  /** 0 without a parent. */
  depth: number;
}

const thrownAway = new Set(["trash", "auto-draft", "inherit"]);

/** Of a post or a page; undefined for what is not imported: menus, attachments, revisions, rubbish. */
export function outlineOf(item: Element): Outline | undefined {
  const kind = textOf(item, "wp:post_type");
  if (kind !== "post" && kind !== "page") return undefined;
  if (thrownAway.has(textOf(item, "wp:status"))) return undefined;
  const id = textOf(item, "wp:post_id");
  const parent = textOf(item, "wp:post_parent");
  return {
    key: itemKey(id),
    kind,
    parent: parent && parent !== "0" ? itemKey(parent) : null,
    slug: slugOf(item) || `${kind}-${id}`,
    line: item.line,
  };
}

const itemKey = (id: string) => `item:${id}`;

/** Drafts have none yet: they are given that of their title. */
function slugOf(item: Element): string {
  const slug = percentDecoded(textOf(item, "wp:post_name"));
  return handleOf(slug || shortened(plainText(textOf(item, "title")), 80));
}

/** WordPress tells pages of one slug apart by their parents; here the later ones are given their id as well. */
export function placed(outlines: Outline[]): Map<string, Placed> {
  const taken = new Set<string>();
  const slugs = new Map<string, string>();
  for (const { key, kind, slug } of outlines) {
    const free = !taken.has(`${kind} ${slug}`);
    slugs.set(key, free ? slug : `${slug}-${key.replace(itemKey(""), "")}`);
    taken.add(`${kind} ${slug}`);
  }
  const byKey = new Map<string, Placed>();
  for (const outline of parentsFirst(outlines)) {
    const parent = outline.parent === null ? undefined : byKey.get(outline.parent);
    const slug = slugs.get(outline.key) ?? outline.slug;
    byKey.set(outline.key, { ...outline, slug, depth: parent ? parent.depth + 1 : 0 });
  }
  return byKey;
}

/** The value of one of the fields that plugins and WordPress itself keep beside an item. */
export function metaOf(item: Element, key: string): string {
  const meta = childrenOf(item, "wp:postmeta").find((each) => textOf(each, "wp:meta_key") === key);
  return meta ? textOf(meta, "wp:meta_value") : "";
}
