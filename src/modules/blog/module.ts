import { IndexedComment, ModeratedComment } from "#entities/blog/comment";
import { forgetCommentAddresses } from "#jobs/forget-comment-addresses";
import { indexAllComments } from "#jobs/index-all-comments";
import { indexComments } from "#jobs/index-comments";
import { distinct, on } from "#kernel/events/listeners";
import { whenEnabled } from "#kernel/modules/events";
import { defineModule } from "#kernel/modules/module";
import * as nodeEvents from "#modules/content";
import { CommentResolver } from "./comment.resolver.ts";
import * as events from "./events.ts";
import { feedRoutes } from "./feed.route.ts";
import { PostResolver } from "./post.resolver.ts";
import { blogSettings } from "./settings.ts";

export const blogModule = defineModule({
  slug: "blog",
  name: "Blog",
  version: "1.0.0",
  dependsOn: ["modules", "content", "storefront"],
  optional: true,
  settings: blogSettings,
  entities: [ModeratedComment, IndexedComment],
  tables: ["blog_comments", "index_comments"],
  permissions: [
    {
      name: "blog:moderate",
      description: "See comments that are not approved, approve, refuse and delete them.",
      roles: ["manager", "editor"],
    },
    {
      name: "blog:read-email",
      description: "See the e-mail addresses of those who comment.",
      roles: ["manager"],
    },
  ],
  resolvers: [PostResolver, CommentResolver],
  routes: feedRoutes,
  events: Object.values(events),
  jobs: [indexComments, indexAllComments],
  schedules: [forgetCommentAddresses],
  listeners: [
    on(
      [nodeEvents.NodeCreated, nodeEvents.NodeUpdated],
      indexComments,
      distinct(
        ({ kind, nodeId }) => (kind === "comment" ? nodeId : undefined),
        (nodeIds) => ({ nodeIds }),
      ),
    ),
    // What is published shows the comments below it, whatever it is; what no longer is, hides them.
    on(
      [nodeEvents.NodePublished, nodeEvents.NodeUnpublished, nodeEvents.NodeDeleted],
      indexComments,
      distinct(
        ({ nodeId }) => nodeId,
        (nodeIds) => ({ nodeIds }),
      ),
    ),
    whenEnabled("blog", indexAllComments),
  ],
});
