import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType, registerEnumType } from "type-graphql";
import { Author } from "#entities/content/author";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { paged, toConnection, type Connection, type PageArgs } from "#kernel/graphql/connection";
import { conditions, DateFilter, StringFilter } from "#kernel/graphql/filters";
import { viewAuthor, type AuthorView } from "./author.view.ts";

@InputType("AdminAuthorFilter")
export class AuthorFilter {
  @Field(() => StringFilter, { nullable: true })
  handle?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  name?: StringFilter | null;

  @Field(() => DateFilter, { nullable: true })
  updatedAt?: DateFilter | null;
}

export enum AuthorSort {
  NAME = "name",
  NEWEST = "newest",
  UPDATED = "updated",
}
registerEnumType(AuthorSort, { name: "AdminAuthorSort" });

const orders = {
  [AuthorSort.NAME]: { name: QueryOrder.ASC, id: QueryOrder.ASC },
  [AuthorSort.NEWEST]: { id: QueryOrder.DESC },
  [AuthorSort.UPDATED]: { updatedAt: QueryOrder.DESC, id: QueryOrder.DESC },
};

export function find(
  ctx: RequestContext,
  page: PageArgs,
  { handle, name, updatedAt }: AuthorFilter = {},
  sort = AuthorSort.NAME,
): Promise<Connection<AuthorView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(Author, {
      where: conditions({ handle, name, updatedAt }),
      ...paged(page, orders[sort]),
    });
    return toConnection(found, viewAuthor);
  });
}

export function get(ctx: RequestContext, id: string): Promise<AuthorView | null> {
  return inTransaction(ctx, async ({ em }) => {
    const author = await em.findOne(Author, { id });
    return author && viewAuthor(author);
  });
}
