import type { ModuleDefinition } from "#kernel/modules/module";
import { accessModule } from "./access/module.ts";
import { accountsModule } from "./accounts/module.ts";
import { blogModule } from "./blog/module.ts";
import { commerceModule } from "./commerce/module.ts";
import { contentModule } from "./content/module.ts";
import { importModule } from "./import/module.ts";
import { indexModule } from "./index/module.ts";
import { jobsModule } from "./jobs/module.ts";
import { mailModule } from "./mail/module.ts";
import { modulesModule } from "./modules/module.ts";
import { notificationsModule } from "./notifications/module.ts";
import { pagesModule } from "./pages/module.ts";
import { searchModule } from "./search/module.ts";
import { seedModule } from "./seed/module.ts";
import { storefrontModule } from "./storefront/module.ts";
import { taxonomyModule } from "./taxonomy/module.ts";
import { tenantsModule } from "./tenants/module.ts";
import { webhooksModule } from "./webhooks/module.ts";

/** Every module there is. Adding one is its folder and its line here. */
export const modules: ModuleDefinition[] = [
  tenantsModule,
  accessModule,
  modulesModule(() => modules),
  jobsModule,
  mailModule,
  accountsModule,
  taxonomyModule,
  contentModule,
  commerceModule,
  indexModule,
  storefrontModule,
  searchModule,
  blogModule,
  pagesModule,
  webhooksModule(() => modules),
  notificationsModule,
  importModule,
  seedModule,
];
