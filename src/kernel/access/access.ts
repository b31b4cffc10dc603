import { Extensions } from "type-graphql";
import type { Actor, RequestContext } from "#kernel/context";
import { Forbidden, Unauthenticated } from "#kernel/errors";

/** What a field says of who may use it. A field of Query or Mutation that says nothing stops the start. */
export interface AccessExtension {
  access: "public" | "signed-in" | { permission: string };
}

/**
 * Needs this permission, which must be one that a module declares: of a field of Query or Mutation to
 * call it, of a view's field to read it (others get null and FORBIDDEN, so it must be nullable), of an
 * input's field to give it (others are refused before anything happens).
 */
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
  if (actor.kind === "anonymous") throw new Unauthenticated();
  if (!holds(actor, permission)) throw new Forbidden(permission);
}

/** The system holds every permission, nobody we know none. */
export function holds(actor: Actor, permission: string): boolean {
  if (actor.kind === "system") return true;
  return actor.kind !== "anonymous" && actor.permissions.has(permission);
}
