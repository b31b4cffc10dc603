import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType, registerEnumType } from "type-graphql";
import { User } from "#entities/accounts/user";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { paged, toConnection, type Connection, type PageArgs } from "#kernel/graphql/connection";
import { conditions, StringFilter } from "#kernel/graphql/filters";
import { type UserView, viewUser } from "./user.view.ts";

@InputType("AdminUserFilter")
export class UserFilter {
  @Requires("accounts:read-email")
  @Field(() => StringFilter, { nullable: true })
  email?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  name?: StringFilter | null;

  @Field(() => String, { nullable: true })
  role?: string | null;
}

export enum UserSort {
  NAME = "name",
  NEWEST = "newest",
}
registerEnumType(UserSort, { name: "AdminUserSort" });

const orders = {
  [UserSort.NAME]: { name: QueryOrder.ASC, id: QueryOrder.ASC },
  [UserSort.NEWEST]: { id: QueryOrder.DESC },
};

export function find(
  ctx: RequestContext,
  page: PageArgs,
  { role, ...filter }: UserFilter = {},
  sort = UserSort.NAME,
): Promise<Connection<UserView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(User, {
      where: { ...conditions(filter), ...(role && { role }) },
      ...paged(page, orders[sort]),
    });
    return toConnection(found, viewUser);
  });
}

export function get(ctx: RequestContext, id: string): Promise<UserView | null> {
  return inTransaction(ctx, async ({ em }) => {
    const user = await em.findOne(User, { id });
    return user && viewUser(user);
  });
}
