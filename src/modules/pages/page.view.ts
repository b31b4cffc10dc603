import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { PagePath, PageRedirect, PageStep } from "#entities/pages/page";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import { NodeView } from "#modules/storefront";

@ObjectType("PageStep", { simpleResolvers: true })
class PageStepView implements PageStep {
  @Field(() => String)
  path!: string;

  @Field(() => String)
  title!: string;
}

@ObjectType("Page", { simpleResolvers: true })
export class PageView extends NodeView {
  @Field(() => String, { description: "The slugs from the root of the tree down." })
  path!: string;

  @Field(() => [PageStepView], { description: "From the root of the tree down to this page." })
  breadcrumb!: PageStep[];
}

@ObjectType("PageAtPath", { simpleResolvers: true })
export class PageAtPathView {
  @Field(() => PageView)
  page!: PageView;

  @Field(() => Boolean, {
    description: "It was at this path before: readers are to be sent on to the page's own path.",
  })
  moved!: boolean;
}

@ObjectType("PageTreeNode", { simpleResolvers: true })
export class PageTreeNodeView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String)
  path!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Int, { description: "Among its siblings." })
  position!: number;

  @Field(() => [PageTreeNodeView])
  children!: PageTreeNodeView[];
}

/**
 * The roots with everything below them; siblings keep the order they come in. One whose parent has not
 * been projected yet stands at the root for that moment.
 */
export function viewTree(pages: PagePath[]): PageTreeNodeView[] {
  const views = new Map(
    pages.map(({ pageId: id, path, title, position }) => [
      id,
      { id, path, title, position, children: [] as PageTreeNodeView[] },
    ]),
  );
  const roots: PageTreeNodeView[] = [];
  for (const { pageId, parentId } of pages) {
    const view = views.get(pageId);
    const siblings = (parentId && views.get(parentId)?.children) || roots;
    if (view) siblings.push(view);
  }
  return roots;
}

@ObjectType("AdminPageRedirect", { simpleResolvers: true })
export class PageRedirectView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String)
  locale!: string;

  @Field(() => String, { description: "Where the page was." })
  path!: string;

  @Field(() => GraphQLId)
  pageId!: string;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;
}

export const PageRedirectConnection = connectionOf(() => PageRedirectView, "AdminPageRedirect");

export const viewRedirect = ({
  id,
  locale,
  path,
  pageId,
  createdAt,
}: PageRedirect): PageRedirectView => ({ id, locale, path, pageId, createdAt });
