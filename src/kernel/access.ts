import { Extensions } from "type-graphql";
import type { Actor, RequestContext } from "#kernel/context";
import { Forbidden, Unauthenticated } from "#kernel/errors";

/** What a Query or Mutation field says of who may call it. A field that says nothing stops the start. */
export interface AccessExtension {
  access: "public" | "signed-in" | { permission: string };
}

/** The caller needs this permission; it must be one that a module declares. */
export function Requires(permission: string) {
  return Extensions({ access: { permission } } satisfies AccessExtension);
}

/** Anybody may call it. */
export function Public() {
  return Extensions({ access: "public" } satisfies AccessExtension);
}

/** Whoever has signed in may call it, about themselves: no permission is needed, and no API key will do. */
export function SignedIn() {
  return Extensions({ access: "signed-in" } satisfies AccessExtension);
}

/** The person who has signed in. Throws {@link Unauthenticated} for anybody and anything else. */
export function personOf({ actor }: Pick<RequestContext, "actor">): Actor & { kind: "user" } {
  if (actor.kind === "user") return actor;
  throw new Unauthenticated();
}

/** Throws {@link Unauthenticated} or {@link Forbidden} unless the actor holds the permission. */
export function demand(actor: Actor, permission: string): void {
  if (actor.kind === "system") return;
  if (actor.kind === "anonymous") throw new Unauthenticated();
  if (!actor.permissions.has(permission)) throw new Forbidden(permission);
}
