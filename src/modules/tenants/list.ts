import type { RequestContext } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";
import type { Connection, PageArgs } from "#kernel/graphql/connection";
import { parseId } from "#kernel/ids";
import { count, list } from "./tenant.record.ts";
import { type TenantView, viewTenant } from "./tenant.view.ts";

/** All tenants there are, oldest first. A cursor is the id of the last one. */
export async function page(
  { db }: RequestContext,
  { first, after }: PageArgs,
): Promise<Connection<TenantView>> {
  const last = after ? parseId(after) : null;
  if (last === undefined) throw BadUserInput.at(["after"], "is not a cursor of this list");
  const found = await list(db, last, first + 1);
  const edges = found
    .slice(0, first)
    .map((tenant) => ({ cursor: tenant.id, node: viewTenant(tenant) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: last !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => count(db),
  };
}
