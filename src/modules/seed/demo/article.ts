import type { NodeRecord } from "#modules/import";
import { picture } from "../picture.ts";
import { mix } from "../mix.ts";
import type { DemoArticle } from "./shape.ts";

const DAY = 86_400_000;
const FIRST_ISSUE = Date.UTC(2026, 0, 8, 7);

/** `place` counts the articles from 0: one came out every ten days or so. */
export function articleOf(article: DemoArticle, place: number): NodeRecord {
  const tint = { hue: mix(article.slug.en) % 360, saturation: 30 };
  return {
    type: "node",
    key: `article/${article.slug.en}`,
    kind: "post",
    status: "published",
    author: article.author,
    parent: null,
    position: 0,
    fields: { image: { url: picture(article.motif, tint), alt: article.en.title } },
    publishedAt: new Date(FIRST_ISSUE + place * 10 * DAY).toISOString(),
    translations: (["en", "de"] as const).map((locale) => ({
      locale,
      slug: article.slug[locale],
      title: article[locale].title,
      excerpt: article[locale].excerpt,
      seoTitle: `${article[locale].title} | Larch & Lantern`,
      seoDescription: article[locale].excerpt,
      body: { format: "markdown", source: article[locale].body.trim() },
    })),
    categories: article.categories.map((category) => `content/${category}`),
    tags: article.tags.map((tag) => `content/${tag}`),
  };
}
