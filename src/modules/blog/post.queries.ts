import { Field, InputType } from "type-graphql";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import type { Connection, PageArgs } from "#kernel/graphql/connection";
import { DateFilter, StringFilter } from "#kernel/graphql/filters";
import { chooseLocale } from "#kernel/locale";
import { content, MemberFilter, type NodeView } from "#modules/storefront";
import { countPublic } from "./comment.queries.ts";
import type { BlogAuthorView, PostView } from "./post.view.ts";

@InputType("PostFilter")
export class PostFilter {
  @Field(() => StringFilter, { nullable: true })
  slug?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  title?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "By handle." })
  author?: StringFilter | null;

  @Field(() => MemberFilter, { nullable: true, description: "By handle; what is below it counts." })
  category?: MemberFilter | null;

  @Field(() => MemberFilter, { nullable: true, description: "By handle." })
  tag?: MemberFilter | null;

  @Field(() => DateFilter, { nullable: true })
  publishedAt?: DateFilter | null;
}

export async function get(
  ctx: RequestContext,
  slug: string,
  locale: string | null | undefined,
): Promise<PostView | null> {
  const node = await content.get(ctx, "post", slug, locale);
  return node && withCounts(ctx, [node])(node);
}

export async function find(
  ctx: RequestContext,
  page: PageArgs,
  locale: string | null | undefined,
  filter?: PostFilter,
  sort?: content.NodeSort,
): Promise<Connection<PostView>> {
  const found = await content.find(ctx, "post", page, locale, filter, sort);
  const view = withCounts(
    ctx,
    found.edges.map(({ node }) => node),
  );
  return { ...found, edges: found.edges.map(({ cursor, node }) => ({ cursor, node: view(node) })) };
}

/** The comments of all posts of a page are counted at once, if anybody asks. */
function withCounts(ctx: RequestContext, nodes: NodeView[]): (node: NodeView) => PostView {
  let counts: Promise<Map<string, number>> | undefined;
  const count = async (id: string) => {
    counts ??= countPublic(
      ctx,
      nodes.map((node) => node.id),
    );
    return (await counts).get(id) ?? 0;
  };
  return (node) => Object.assign(node as PostView, { countComments: () => count(node.id) });
}

interface AuthorRow extends Omit<BlogAuthorView, "latestPostAt"> {
  latestPostAt: string;
}

/** Who has published posts in the locale, by handle; with a handle, that one alone. */
export function authors(
  ctx: RequestContext,
  locale: string | null | undefined,
  handle?: string,
): Promise<BlogAuthorView[]> {
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.sql<AuthorRow>(
      `select newest.author ->> 'handle' as handle, newest.author ->> 'name' as name,
         newest.author ->> 'bio' as bio, newest.author ->> 'avatarUrl' as "avatarUrl",
         counted.posts as "postCount", counted.latest as "latestPostAt"
       from (
         select author_handle, count(*)::integer as posts, max(published_at) as latest
         from live_content
         where visible and kind = 'post' and locale = $1 and author_handle is not null
           and ($2::text is null or author_handle = $2)
         group by author_handle
       ) counted
       cross join lateral (
         select doc -> 'author' as author
         from live_content
         where visible and kind = 'post' and locale = $1 and author_handle = counted.author_handle
         order by published_at desc, node_id desc
         limit 1
       ) newest
       order by counted.author_handle`,
      [chooseLocale(ctx.tenant, locale), handle],
    );
    // Inside a transaction moments come as text.
    return rows.map((row) => ({ ...row, latestPostAt: new Date(row.latestPostAt) }));
  });
}
