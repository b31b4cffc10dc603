import { QueryOrder } from "@mikro-orm/postgresql";
import { Field, InputType } from "type-graphql";
import { AuditEntry } from "#entities/kernel/audit-entry";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { type Connection, paged, type PageArgs, toConnection } from "#kernel/graphql/connection";
import { conditions, DateFilter, IdFilter, StringFilter } from "#kernel/graphql/filters";
import {
  type ActorKind,
  ActorKindEnum,
  type AuditEntryView,
  type Person,
  viewAuditEntry,
} from "./audit.view.ts";

@InputType({ description: "All that are given must hold." })
export class AuditLogFilter {
  @Field(() => StringFilter, { nullable: true, description: "Such as product.published." })
  action?: StringFilter | null;

  @Field(() => IdFilter, { nullable: true, description: "What was changed." })
  subjectId?: IdFilter | null;

  @Field(() => ActorKindEnum, { nullable: true })
  actorKind?: ActorKind | null;

  @Field(() => IdFilter, { nullable: true, description: "The user or the API key." })
  actorId?: IdFilter | null;

  @Field(() => StringFilter, { nullable: true })
  requestId?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true })
  address?: StringFilter | null;

  @Field(() => DateFilter, { nullable: true })
  occurredAt?: DateFilter | null;
}

/** The newest first. */
export function find(
  ctx: RequestContext,
  page: PageArgs,
  { actorKind, ...filter }: AuditLogFilter = {},
): Promise<Connection<AuditEntryView>> {
  return inTransaction(ctx, async (tx) => {
    const found = await tx.em.findByCursor(AuditEntry, {
      where: { ...conditions(filter), ...(actorKind && { actorKind }) },
      ...paged(page, { id: QueryOrder.DESC }),
    });
    const people = await peopleBehind(tx, found.items);
    return toConnection(found, (entry) => viewAuditEntry(entry, people));
  });
}

/** A super administrator of another tenant is nobody here: there is no name for them. */
async function peopleBehind(tx: Transaction, entries: AuditEntry[]): Promise<Map<string, Person>> {
  const ids = new Set(entries.flatMap(({ actorId }) => actorId ?? []));
  const rows = await tx.sql<Person & { id: string }>(
    "select id, name, email from users where id = any ($1::uuid[])",
    [[...ids]],
  );
  return new Map(rows.map(({ id, ...person }) => [id, person]));
}
