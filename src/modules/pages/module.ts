import { Menu, MenuItem } from "#entities/pages/menu";
import { PagePath, PageRedirect } from "#entities/pages/page";
import { indexAllPages } from "#jobs/index-all-pages";
import { indexPages } from "#jobs/index-pages";
import { distinct, on } from "#kernel/events/listeners";
import { whenEnabled } from "#kernel/modules/events";
import { defineModule } from "#kernel/modules/module";
import * as nodeEvents from "#modules/content";
import { TenantLocalesUpdated } from "#modules/tenants";
import * as events from "./events.ts";
import { MenuResolver } from "./menu.resolver.ts";
import { PageResolver } from "./page.resolver.ts";

export const pagesModule = defineModule({
  slug: "pages",
  name: "Pages and menus",
  version: "1.0.0",
  dependsOn: ["tenants", "modules", "taxonomy", "content", "commerce", "index", "storefront"],
  optional: true,
  entities: [PagePath, PageRedirect, Menu, MenuItem],
  tables: ["menu_items", "menus", "page_paths", "page_redirects"],
  permissions: [
    {
      name: "pages:read",
      description: "See menus, and where pages have moved from.",
      roles: ["manager", "editor"],
    },
    {
      name: "pages:write",
      description: "Move pages, and create, change and delete menus and redirects.",
      roles: ["manager", "editor"],
    },
  ],
  resolvers: [PageResolver, MenuResolver],
  events: Object.values(events),
  jobs: [indexPages, indexAllPages],
  listeners: [
    on(
      [
        nodeEvents.NodeCreated,
        nodeEvents.NodeUpdated,
        nodeEvents.NodePublished,
        nodeEvents.NodeUnpublished,
        nodeEvents.NodeDeleted,
      ],
      indexPages,
      distinct(
        ({ kind, nodeId }) => (kind === "page" ? nodeId : undefined),
        (pageIds) => ({ pageIds }),
      ),
    ),
    whenEnabled("pages", indexAllPages),
    on([TenantLocalesUpdated], indexAllPages, (events) => [{ payload: {}, events }]),
  ],
});
