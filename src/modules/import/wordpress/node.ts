import type { NodeRecord } from "../records.ts";
import { bodyHtml } from "./body.ts";
import { isoTime, utcTime } from "./date.ts";
import { textOf, type Element } from "./elements.ts";
import { metaOf, type Placed } from "./item.ts";
import type { WordpressSurvey } from "./survey.ts";
import { authorKey, filedUnder, termKey } from "./terms.ts";
import { plainText, shortened } from "./text.ts";

const LONGEST_TITLE = 500;

/** A post or a page. Only what everybody could read is published: not the scheduled, private or protected. */
export function readNode(
  item: Element,
  outline: Placed,
  survey: WordpressSurvey,
  locale: string,
): NodeRecord {
  const isPublic = textOf(item, "wp:status") === "publish" && !textOf(item, "wp:post_password");
  const published = utcTime(textOf(item, "wp:post_date_gmt")) ?? isoTime(textOf(item, "pubDate"));
  const author = authorKey(textOf(item, "dc:creator"));
  return {
    type: "node",
    key: outline.key,
    kind: outline.kind,
    status: isPublic ? "published" : "draft",
    author: author || null,
    parent: outline.parent,
    position: Math.max(0, Number.parseInt(textOf(item, "wp:menu_order"), 10) || 0),
    fields: fieldsOf(item, survey),
    publishedAt: isPublic ? published : null,
    translations: [
      {
        locale,
        slug: outline.slug,
        // A post may do without; that of a picture or a short note often does.
        title: shortened(plainText(textOf(item, "title")), LONGEST_TITLE),
        excerpt: plainText(textOf(item, "excerpt:encoded")) || null,
        seoTitle: null,
        seoDescription: null,
        body: { format: "html", source: bodyHtml(textOf(item, "content:encoded")) },
      },
    ],
    categories: keysOf(item, "category"),
    tags: keysOf(item, "post_tag"),
  };
}

function fieldsOf(item: Element, { pictures }: WordpressSurvey): Record<string, unknown> {
  const picture = pictures.get(metaOf(item, "_thumbnail_id"));
  const [format] = filedUnder(item, "post_format");
  return {
    ...(textOf(item, "wp:is_sticky") === "1" && { sticky: true }),
    ...(format && { format: format.slug.replace("post-format-", "") }),
    ...(picture && { image: picture }),
  };
}

function keysOf(item: Element, taxonomy: string): string[] {
  return [...new Set(filedUnder(item, taxonomy).map(({ slug }) => termKey(slug)))];
}
