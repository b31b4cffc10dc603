import { AccountSettings } from "#entities/accounts/account-settings";
import { ApiKey } from "#entities/accounts/api-key";
import { OidcProvider } from "#entities/accounts/oidc-provider";
import { Session } from "#entities/accounts/session";
import { User } from "#entities/accounts/user";
import { distinct, on } from "#kernel/events/listeners";
import { defineModule } from "#kernel/modules/module";
import { forgetOldSignIns } from "#jobs/forget-old-sign-ins";
import { sendAccountMail } from "#jobs/send-account-mail";
import { ApiKeyResolver } from "./api-keys/api-key.resolver.ts";
import * as events from "./events.ts";
import * as oidc from "./oidc/oidc.routes.ts";
import { OidcProviderResolver } from "./oidc/provider.resolver.ts";
import * as passwords from "./passwords/password.routes.ts";
import * as secondFactor from "./second-factor/second-factor.routes.ts";
import * as sessions from "./sessions/session.routes.ts";
import { AccountSettingsResolver } from "./settings/settings.resolver.ts";
import * as accounts from "./users/account.routes.ts";
import { accountMails } from "./requests/mails.ts";
import { MeResolver } from "./users/me.resolver.ts";
import { UserResolver } from "./users/user.resolver.ts";

export const accountsModule = defineModule({
  slug: "accounts",
  name: "Accounts",
  version: "1.0.0",
  dependsOn: ["tenants", "access", "mail"],
  entities: [User, Session, ApiKey, OidcProvider, AccountSettings],
  tables: [
    "account_requests",
    "account_settings",
    "api_keys",
    "oidc_identities",
    "oidc_providers",
    "oidc_sign_ins",
    "recovery_codes",
    "second_factors",
    "sessions",
    "users",
  ],
  permissions: [
    { name: "accounts:read", description: "See users and customers.", roles: ["manager"] },
    {
      name: "accounts:read-email",
      description: "See the e-mail addresses of users and customers.",
      roles: ["manager"],
    },
    { name: "accounts:write", description: "Add, change and remove users.", roles: [] },
    {
      name: "accounts:api-keys",
      description: "Give integrations keys, and take them away.",
      roles: [],
    },
    {
      name: "accounts:providers",
      description: "Say by which identity providers people may sign in.",
      roles: [],
    },
  ],
  resolvers: [
    MeResolver,
    UserResolver,
    ApiKeyResolver,
    OidcProviderResolver,
    AccountSettingsResolver,
  ],
  routes: [accounts, sessions, passwords, secondFactor, oidc].flatMap((routes) =>
    Object.values(routes),
  ),
  mails: Object.values(accountMails),
  events: Object.values(events),
  jobs: [sendAccountMail],
  schedules: [forgetOldSignIns],
  listeners: [
    on(
      [events.AccountMailRequested],
      sendAccountMail,
      distinct(
        ({ requestId }) => requestId,
        ([requestId]) => ({ requestId: requestId as string }),
        1,
      ),
    ),
  ],
});
