import { Author } from "#entities/content/author";
import { Body, Node, NodeCategory, NodeTag, NodeTranslation } from "#entities/content/node";
import { publishDueNodes } from "#jobs/publish-due-nodes";
import { defineModule } from "#kernel/modules/module";
import { AuthorResolver } from "./author.resolver.ts";
import * as events from "./events.ts";
import { NodeResolver } from "./node.resolver.ts";

export const contentModule = defineModule({
  slug: "content",
  name: "Content",
  version: "1.0.0",
  dependsOn: ["tenants", "taxonomy"],
  entities: [Author, Node, NodeTranslation, Body, NodeCategory, NodeTag],
  tables: ["authors", "bodies", "node_categories", "node_tags", "node_translations", "nodes"],
  permissions: [
    {
      name: "content:read",
      description: "See nodes, drafts included, and authors.",
      roles: ["manager", "editor"],
    },
    {
      name: "content:write",
      description: "Create, change and delete nodes and authors.",
      roles: ["manager", "editor"],
    },
    {
      name: "content:publish",
      description: "Make nodes public, and hide them.",
      roles: ["manager", "editor"],
    },
  ],
  resolvers: [AuthorResolver, NodeResolver],
  events: Object.values(events),
  schedules: [publishDueNodes],
});
