import { Extensions } from "type-graphql";
import type { Actor } from "#kernel/context";
import { Forbidden, Unauthenticated } from "#kernel/errors";

/** What a Query or Mutation field says of who may call it. A field that says nothing stops the start. */
export interface AccessExtension {
  access: "public" | { permission: string };
}

/** The caller needs this permission; it must be one that a module declares. */
export function Requires(permission: string) {
  return Extensions({ access: { permission } } satisfies AccessExtension);
}

/** Anybody may call it. */
export function Public() {
  return Extensions({ access: "public" } satisfies AccessExtension);
}

/** Throws {@link Unauthenticated} or {@link Forbidden} unless the actor holds the permission. */
export function demand(actor: Actor, permission: string): void {
  if (actor.kind === "system") return;
  if (actor.kind === "anonymous") throw new Unauthenticated();
  if (!actor.permissions.has(permission)) throw new Forbidden(permission);
}
