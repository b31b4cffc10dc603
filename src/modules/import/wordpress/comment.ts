import type { Entry, Failure, NodeRecord } from "../records.ts";
import { bodyHtml } from "./body.ts";
import { utcTime } from "./date.ts";
import { childrenOf, textOf, type Element } from "./elements.ts";
import { parentsFirst } from "./order.ts";
import { plainText } from "./text.ts";

const rubbish = new Set(["spam", "trash", "post-trashed"]);

/**
 * The comments of a post or page, each after the one it answers; spam is left out.
 * One is published when it was approved and everybody may see what it is about. The e-mail and IP
 * addresses of those who wrote are left behind. `taken` gathers the ids over the whole export.
 */
export function readComments(item: Element, about: NodeRecord, taken: Set<string>): Entry[] {
  const failures: Failure[] = [];
  const comments: { key: string; parent: string; element: Element }[] = [];
  for (const element of childrenOf(item, "wp:comment")) {
    if (rubbish.has(textOf(element, "wp:comment_approved"))) continue;
    const id = textOf(element, "wp:comment_id");
    if (!/^\d+$/.test(id)) {
      failures.push({ line: element.line, reason: `wp:comment_id "${id}" is not a number` });
    } else if (taken.has(id)) {
      failures.push({
        line: element.line,
        reason: `wp:comment_id ${id} is taken by another comment`,
      });
    } else {
      const parent = commentKey(textOf(element, "wp:comment_parent"));
      comments.push({ key: commentKey(id), parent, element });
      taken.add(id);
    }
  }
  const records = parentsFirst(comments).map(({ element, key, parent }) => ({
    line: element.line,
    record: readComment(element, key, parent, about),
  }));
  return [...records, ...failures];
}

const commentKey = (id: string) => `comment:${id}`;

function readComment(
  comment: Element,
  key: string,
  parent: string | null,
  about: NodeRecord,
): NodeRecord {
  const isPublic = textOf(comment, "wp:comment_approved") === "1" && about.status === "published";
  const locale = about.translations[0]?.locale ?? "";
  return {
    type: "node",
    key,
    kind: "comment",
    status: isPublic ? "published" : "draft",
    author: null,
    parent: parent ?? about.key,
    position: 0,
    fields: fieldsOf(comment),
    publishedAt: isPublic ? utcTime(textOf(comment, "wp:comment_date_gmt")) : null,
    translations: [
      {
        locale,
        slug: key.replace(":", "-"),
        title: "",
        excerpt: null,
        seoTitle: null,
        seoDescription: null,
        body: { format: "html", source: bodyHtml(textOf(comment, "wp:comment_content")) },
      },
    ],
    categories: [],
    tags: [],
  };
}

/** Who wrote it; and whether it is another site's answer: a "pingback" or "trackback". */
function fieldsOf(comment: Element): Record<string, unknown> {
  const authorName = plainText(textOf(comment, "wp:comment_author"));
  const authorUrl = textOf(comment, "wp:comment_author_url");
  const type = textOf(comment, "wp:comment_type");
  return {
    ...(authorName && { authorName }),
    ...(/^https?:\/\/./.test(authorUrl) && { authorUrl }),
    ...(type && type !== "comment" && { type }),
  };
}
