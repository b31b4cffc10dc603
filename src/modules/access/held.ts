import { LRUCache } from "lru-cache";
import { Role } from "#entities/access/role";
import {
  type BuiltInRole,
  builtInRoles,
  declaredPermissions,
  heldBy,
  isOfPlatform,
} from "#kernel/access/permissions";
import { isPlatformAdministrator } from "#kernel/access/platform";
import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { inTransaction } from "#kernel/database/transaction";

/** How long it takes at most until another process heeds a change of a role. */
const rememberedMs = 2_000;

const remembered = new WeakMap<Database, KnownRoles>();

export const isBuiltIn = (slug: string): slug is BuiltInRole =>
  (builtInRoles as readonly string[]).includes(slug);

/**
 * What a user may do: everything as a super administrator, else what the role says; nothing for a role
 * that is not there. Asked on each request, so the answer is remembered for two seconds.
 */
export async function permissionsOfUser(
  ctx: RequestContext,
  { userId, role }: { userId: string; role: string },
): Promise<ReadonlySet<string>> {
  if (await isPlatformAdministrator(ctx.db, { userId, tenantId: ctx.tenant.id })) {
    return everyPermission(ctx.db);
  }
  return permissionsOfRole(ctx, role);
}

/** What a super administrator holds. */
export const everyPermission = (db: Database): ReadonlySet<string> =>
  new Set(declaredPermissions(db).map(({ name }) => name));

/** What a role of the tenant, built in or its own, lets people do; nothing for one that is not there. */
export async function permissionsOfRole(
  ctx: RequestContext,
  slug: string,
): Promise<ReadonlySet<string>> {
  const key = JSON.stringify([ctx.tenant.id, slug]);
  return (await rolesKnownTo(ctx.db).fetch(key, { context: ctx })) ?? new Set();
}

/** The same as it stands in the database now: for decisions that outlast the request. */
export async function readPermissions(
  ctx: RequestContext,
  slug: string,
): Promise<ReadonlySet<string>> {
  const declared = declaredPermissions(ctx.db);
  if (isBuiltIn(slug)) return new Set(heldBy(slug, declared));
  const role = await inTransaction(ctx, ({ em }) => em.findOne(Role, { slug }));
  // A permission whose module is gone opens nothing; one of the platform is none of a tenant's.
  const names = new Set(declared.map(({ name }) => name));
  return new Set(role?.permissions.filter((name) => names.has(name) && !isOfPlatform(name)));
}

/** Call it once a change to a role is committed. */
export function forgetRoles({ db }: Pick<RequestContext, "db">): void {
  rolesKnownTo(db).clear();
}

type KnownRoles = LRUCache<string, ReadonlySet<string>, RequestContext>;

function rolesKnownTo(db: Database): KnownRoles {
  const known = remembered.get(db) ?? remembering();
  remembered.set(db, known);
  return known;
}

const remembering = (): KnownRoles =>
  new LRUCache<string, ReadonlySet<string>, RequestContext>({
    max: 10_000,
    ttl: rememberedMs,
    fetchMethod: (key, _, { context }) => {
      const [, slug] = JSON.parse(key) as [string, string];
      return readPermissions(context, slug);
    },
  });
