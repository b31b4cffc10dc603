import { accountsModule } from "./accounts/module.ts";
import { taxonomyModule } from "./taxonomy/module.ts";
import { tenantsModule } from "./tenants/module.ts";

/** Every module there is. Adding one is its folder and its line here. */
export const modules = [tenantsModule, accountsModule, taxonomyModule];
