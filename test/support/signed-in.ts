import type { RequestContext } from "#kernel/context";
import { installation } from "./installation.ts";

/** An access token of the context's user, who may do what the context says; it is as if they had signed in. */
export async function signedIn({ actor, tenant }: RequestContext): Promise<string> {
  if (actor.kind !== "user") throw new Error("Only people have tokens.");
  const { userId: sub, sessionId: sid, permissions } = actor;
  const { owner, tokens, allow } = await installation();
  allow(sub, permissions);
  await owner.query(
    `insert into users (id, tenant_id, email, name, role)
     values ($1, $2, $3, 'Somebody', 'administrator') on conflict (id) do nothing`,
    [sub, tenant.id, `${sub}@example.com`],
  );
  await owner.query(
    `insert into sessions (id, tenant_id, user_id, method, salt, expires_at)
     values ($1, $2, $3, 'password', 'salt', now() + interval '1 day') on conflict (id) do nothing`,
    [sid, tenant.id, sub],
  );
  return tokens.issue({ sub, tenant: tenant.id, sid });
}
