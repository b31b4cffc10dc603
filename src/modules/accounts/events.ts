import { z } from "zod";
import { endReasons, methods } from "#entities/accounts/session";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";

const ofUser = {
  version: 1,
  payload: z.object({ userId: Id, revision: z.int().positive() }),
};
export const UserCreated = defineEvent("user.created", ofUser);
export const UserUpdated = defineEvent("user.updated", ofUser);
export const UserDeleted = defineEvent("user.deleted", ofUser);
export const UserPasswordChanged = defineEvent("user.password-changed", ofUser);
export const UserEmailChanged = defineEvent("user.email-changed", ofUser);
export const UserSecondFactorChanged = defineEvent("user.second-factor-changed", {
  version: 1,
  payload: z.object({ userId: Id, on: z.boolean() }),
});

export const SessionStarted = defineEvent("session.started", {
  version: 1,
  payload: z.object({ sessionId: Id, userId: Id, method: z.enum(methods) }),
});
export const SessionEnded = defineEvent("session.ended", {
  version: 1,
  payload: z.object({ sessionId: Id, userId: Id, reason: z.enum(endReasons) }),
});

/** A mail is to be sent. Who it goes to, and whether to anybody, is found out where nobody waits for it. */
export const AccountMailRequested = defineEvent("account.mail-requested", {
  version: 1,
  internal: true,
  payload: z.object({ requestId: Id }),
});
export const AccountSettingsUpdated = defineEvent("account.settings-updated", {
  version: 1,
  payload: z.object({ revision: z.int().positive() }),
});

const ofApiKey = { version: 1, payload: z.object({ apiKeyId: Id }) };
export const ApiKeyCreated = defineEvent("api-key.created", ofApiKey);
export const ApiKeyRevoked = defineEvent("api-key.revoked", ofApiKey);

const ofProvider = {
  version: 1,
  payload: z.object({ providerId: Id, revision: z.int().positive() }),
};
export const OidcProviderCreated = defineEvent("oidc-provider.created", ofProvider);
export const OidcProviderUpdated = defineEvent("oidc-provider.updated", ofProvider);
export const OidcProviderDeleted = defineEvent("oidc-provider.deleted", ofProvider);
export const OidcIdentityLinked = defineEvent("oidc-provider.identity-linked", {
  version: 1,
  payload: z.object({ providerId: Id, userId: Id }),
});
