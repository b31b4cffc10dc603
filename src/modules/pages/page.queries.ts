import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType } from "type-graphql";
import { PagePath, PageRedirect, type PageStep } from "#entities/pages/page";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import type { Connection, PageArgs } from "#kernel/graphql/connection";
import { conditions, IdFilter, StringFilter } from "#kernel/graphql/filters";
import { chooseLocale } from "#kernel/locale";
import type { ContentDocument } from "#modules/index";
import { list, viewNode } from "#modules/storefront";
import {
  type PageAtPathView,
  type PageRedirectView,
  type PageTreeNodeView,
  viewRedirect,
  viewTree,
} from "./page.view.ts";

interface Row {
  doc: string;
  indexed_at: Date;
  path: string;
  breadcrumb: string;
  moved: boolean;
}

/** The page at a path, or one that was there before; null when there is neither. */
export async function at(
  { tenant, db }: RequestContext,
  path: string,
  locale: string | null | undefined,
): Promise<PageAtPathView | null> {
  const { rows } = await db.pool.query<Row>({
    name: "storefront-page",
    text: "select doc, indexed_at, path, breadcrumb, moved from storefront_page($1, $2, $3)",
    values: [tenant.id, chooseLocale(tenant, locale), normalised(path)],
  });
  const [row] = rows;
  if (!row) return null;
  const node = viewNode(JSON.parse(row.doc) as ContentDocument, row.indexed_at);
  const breadcrumb = JSON.parse(row.breadcrumb) as PageStep[];
  return { page: Object.assign(node, { path: row.path, breadcrumb }), moved: row.moved };
}

/** `about/team/` is `/about/team`. No pattern: one that looks for slashes at an end begins anew at each. */
const normalised = (path: string) => `/${path.split("/").filter(Boolean).join("/")}`;

export function tree(
  ctx: RequestContext,
  locale: string | null | undefined,
): Promise<PageTreeNodeView[]> {
  return inTransaction(ctx, async ({ em }) =>
    viewTree(
      await em.find(
        PagePath,
        { locale: chooseLocale(ctx.tenant, locale) },
        {
          orderBy: { position: QueryOrder.ASC, pageId: QueryOrder.ASC },
          disableIdentityMap: true,
        },
      ),
    ),
  );
}

@InputType("AdminPageRedirectFilter")
export class PageRedirectFilter {
  @Field(() => IdFilter, { nullable: true })
  pageId?: IdFilter | null;

  @Field(() => StringFilter, { nullable: true })
  path?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  locale?: StringFilter | null;
}

/** Newest first. */
export function redirects(
  ctx: RequestContext,
  page: PageArgs,
  { pageId, path, locale }: PageRedirectFilter = {},
): Promise<Connection<PageRedirectView>> {
  const where = conditions({ pageId, path, locale });
  const orderBy = { createdAt: QueryOrder.DESC, id: QueryOrder.DESC };
  return list(ctx, PageRedirect, { where, orderBy, page }, viewRedirect);
}
