import { Feed } from "feed";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { DomainError } from "#kernel/errors";
import { chooseLocale } from "#kernel/locale";
import { content, type NodeView } from "#modules/storefront";
import { type BlogSettings, settings } from "./settings.ts";

/** Nobody has said where the site is that the posts of a feed are read on. */
class NoSite extends DomainError {
  constructor() {
    super({
      code: "NOT_CONFIGURED",
      status: 501,
      message: "The blog's address is not known: set its siteUrl, or give the tenant a domain.",
    });
  }
}

/**
 * The latest posts of a locale, newest first, as XML. What it says depends on nothing but the posts and
 * the settings, so that it stays the same, byte for byte, while they do. Throws NOT_CONFIGURED.
 */
export async function feed(
  ctx: RequestContext,
  format: "rss" | "atom",
  wanted: string | undefined,
): Promise<string> {
  const blog = await settings(ctx);
  const locale = chooseLocale(ctx.tenant, wanted);
  const site = (blog.siteUrl ?? (await firstDomain(ctx))).replace(/\/$/, "");
  const page = { first: blog.postsPerFeed };
  const { edges } = await content.find(ctx, "post", page, locale);
  const posts = edges.map(({ node }) => node);
  const changed = posts.map(({ updatedAt }) => new Date(updatedAt).getTime());
  const made = new Feed({
    id: `urn:uuid:${ctx.tenant.id}#${locale}`,
    title: ctx.tenant.name,
    link: site,
    language: locale,
    updated: new Date(Math.max(0, ...changed)),
    generator: "RusTok",
  });
  for (const post of posts) made.addItem(itemOf(post, format, site + pathOf(post, blog)));
  const text = format === "rss" ? made.rss2() : made.atom1();
  return text.replaceAll(notXml, "");
}

/** Characters that an editor may have pasted and that no XML may hold. */
// eslint-disable-next-line no-control-regex
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function itemOf(post: NodeView, format: "rss" | "atom", link: string) {
  const { slug, title, excerpt, html, author, categories, tags } = post;
  return {
    id: `urn:uuid:${post.id}`,
    // Titles and summaries are HTML to readers of feeds, and plain text to us.
    title: asHtml(title || slug),
    link,
    published: new Date(post.publishedAt),
    date: new Date(post.updatedAt),
    content: html,
    ...(excerpt && { description: asHtml(excerpt) }),
    ...(author &&
      (format === "rss" ? creator(author.name, html) : { author: [{ name: author.name }] })),
    // An Atom category is an attribute, in which the library escapes nothing but ampersands and quotes.
    category: [...categories, ...tags].map(({ name, handle }) =>
      format === "rss" ? { name } : { term: handle },
    ),
  };
}

/** RSS has an author's address of mail where it has one, and the name elsewhere; the library declares where for items with content. */
const creator = (name: string, html: string) =>
  html ? { extensions: [{ name: "dc:creator", objects: { _text: name } }] } : {};

const asHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const pathOf = ({ slug, locale }: NodeView, { postPath }: BlogSettings): string =>
  postPath
    .replaceAll("{slug}", encodeURIComponent(slug))
    .replaceAll("{locale}", encodeURIComponent(locale));

/** Throws NOT_CONFIGURED for a tenant without any. */
async function firstDomain(ctx: RequestContext): Promise<string> {
  const [domain] = await inTransaction(ctx, (tx) =>
    tx.sql<{ host: string }>("select host from tenant_domains order by host limit 1"),
  );
  if (!domain) throw new NoSite();
  return `https://${domain.host}`;
}
