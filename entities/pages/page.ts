import { defineEntity, p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

/** A step of the way from the root of the tree down to a page. */
export interface PageStep {
  path: string;
  title: string;
}

const PagePathSchema = defineEntity({
  name: "PagePath",
  tableName: "page_paths",
  readonly: true,
  properties: {
    pageId: p.uuid().primary(),
    locale: p.string().primary(),
    ...owned,
    path: p.string(),
    title: p.string(),
    parentId: p.uuid().nullable(),
    position: p.integer(),
    breadcrumb: p.json<PageStep[]>(),
  },
});

/** Where a page is in a locale. */
export class PagePath extends PagePathSchema.class {}
PagePathSchema.setClass(PagePath);

const PageRedirectSchema = defineEntity({
  name: "PageRedirect",
  tableName: "page_redirects",
  properties: {
    id: p.uuid().primary(),
    ...owned,
    locale: p.string(),
    path: p.string(),
    pageId: p.uuid(),
    createdAt: p.datetime(),
  },
});

/** Where a page was before. */
export class PageRedirect extends PageRedirectSchema.class {}
PageRedirectSchema.setClass(PageRedirect);
