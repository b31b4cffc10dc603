import type { EntityClass, FilterQuery, OrderDefinition } from "@mikro-orm/postgresql";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { type Connection, type PageArgs, paged, toConnection } from "#kernel/graphql/connection";

/** A page of the read model. It is counted only for those who ask how many there are. */
export function list<Entity extends object, View>(
  ctx: RequestContext,
  entity: EntityClass<Entity>,
  wanted: { where: object; orderBy: object; page: PageArgs },
  view: (found: Entity) => View,
): Promise<Connection<View>> {
  const where = wanted.where as FilterQuery<Entity>;
  const { page, orderBy } = wanted;
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor<Entity>(entity, {
      where,
      ...paged(page, orderBy as OrderDefinition<Entity> & object),
      includeCount: false,
      disableIdentityMap: true,
    } as never);
    return {
      ...toConnection(found, view),
      totalCount: () => inTransaction(ctx, (tx) => tx.em.count<Entity>(entity, where as never)),
    };
  });
}
