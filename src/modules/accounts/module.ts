import { User } from "#entities/accounts/user";
import { defineModule } from "#kernel/module";
import { login } from "./login.route.ts";

export const accountsModule = defineModule({
  slug: "accounts",
  name: "Accounts",
  version: "1.0.0",
  dependsOn: ["tenants"],
  entities: [User],
  tables: ["users"],
  routes: [login],
});
