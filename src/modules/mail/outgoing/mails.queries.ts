import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType } from "type-graphql";
import { type MailState, SentMail } from "#entities/mail/sent-mail";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { type Connection, paged, type PageArgs, toConnection } from "#kernel/graphql/connection";
import { conditions, DateFilter, StringFilter } from "#kernel/graphql/filters";
import { MailStateEnum, type MailView, viewMail } from "./mails.view.ts";

@InputType({ description: "All that are given must hold." })
export class MailFilter {
  @Field(() => MailStateEnum, { nullable: true })
  state?: MailState | null;

  @Field(() => StringFilter, { nullable: true })
  template?: StringFilter | null;

  @Field(() => DateFilter, { nullable: true })
  createdAt?: DateFilter | null;
}

/** The newest first. */
export function find(
  ctx: RequestContext,
  page: PageArgs,
  { state, ...filter }: MailFilter = {},
): Promise<Connection<MailView>> {
  return inTransaction(ctx, async ({ em }) => {
    const found = await em.findByCursor(SentMail, {
      where: { ...conditions(filter), ...(state && { state }) },
      ...paged(page, { id: QueryOrder.DESC }),
    });
    return toConnection(found, viewMail);
  });
}
