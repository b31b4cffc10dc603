import { notify } from "#jobs/notify";
import { watchStock } from "#jobs/watch-stock";
import { distinct, on } from "#kernel/events/listeners";
import { defineModule } from "#kernel/modules/module";
import { UserCreated } from "#modules/accounts";
import { CommentSubmitted } from "#modules/blog";
import { InventoryUpdated } from "#modules/commerce";
import { WebhookEndpointDisabled } from "#modules/webhooks";
import * as events from "./events.ts";
import { commentMail, lowStockMail, webhookMail, welcomeMail } from "./mails.ts";
import { NotificationResolver } from "./notifications.resolver.ts";
import { disabledEndpoints, newComments, newUsers } from "./occasions.ts";
import { notificationSettings } from "./settings.ts";

/** Tells people by mail of what happens elsewhere. It listens; nobody knows that it does. */
export const notificationsModule = defineModule({
  slug: "notifications",
  name: "Notifications",
  version: "1.0.0",
  dependsOn: ["tenants", "access", "mail", "accounts", "content", "commerce", "webhooks"],
  settings: notificationSettings,
  tables: ["notification_opt_outs", "stock_watches"],
  mails: [lowStockMail, commentMail, webhookMail, welcomeMail],
  resolvers: [NotificationResolver],
  events: Object.values(events),
  jobs: [watchStock, notify],
  listeners: [
    on(
      [InventoryUpdated, events.StockThresholdChanged],
      watchStock,
      distinct(
        ({ variantId }) => variantId,
        (variantIds) => ({ variantIds }),
      ),
    ),
    on([CommentSubmitted], notify, newComments),
    on([UserCreated], notify, newUsers),
    on([WebhookEndpointDisabled], notify, disabledEndpoints),
  ],
});
