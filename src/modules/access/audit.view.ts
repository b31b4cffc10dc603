import { GraphQLJSON } from "graphql-scalars";
import { Field, GraphQLISODateTime, ObjectType, registerEnumType } from "type-graphql";
import type { AuditEntry, RowChange } from "#entities/kernel/audit-entry";
import { Requires } from "#kernel/access/access";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";

export const ActorKindEnum = {
  USER: "user",
  API_KEY: "apiKey",
  ANONYMOUS: "anonymous",
  SYSTEM: "system",
} as const;
export type ActorKind = (typeof ActorKindEnum)[keyof typeof ActorKindEnum];
registerEnumType(ActorKindEnum, { name: "AuditActorKind" });

const RowChangeKindEnum = { CREATED: "created", UPDATED: "updated", DELETED: "deleted" } as const;
registerEnumType(RowChangeKindEnum, { name: "AuditChangeKind" });

@ObjectType("AuditFieldChange", { simpleResolvers: true })
export class FieldChangeView {
  @Field(() => String)
  name!: string;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: "Secrets and personal data read [redacted]; of long values only the beginning.",
  })
  before!: unknown;

  @Field(() => GraphQLJSON, { nullable: true })
  after!: unknown;
}

@ObjectType("AuditChange", { simpleResolvers: true, description: "What became of one row." })
export class ChangeView {
  @Field(() => String, { description: "Such as Price." })
  entity!: string;

  @Field(() => String, { description: "Its key; of several parts with commas between." })
  id!: string;

  @Field(() => RowChangeKindEnum)
  kind!: RowChange["kind"];

  @Field(() => [FieldChangeView], { description: "Of an update." })
  fields!: FieldChangeView[];
}

@ObjectType("AuditActor", { simpleResolvers: true })
export class ActorView {
  @Field(() => ActorKindEnum)
  kind!: ActorKind;

  @Field(() => GraphQLId, { nullable: true, description: "Of the user or the API key." })
  id!: string | null;

  @Field(() => String, { nullable: true, description: "Null for who is no user any more." })
  name!: string | null;

  @Requires("accounts:read-email")
  @Field(() => String, { nullable: true })
  email!: string | null;
}

@ObjectType("AuditEntry", { simpleResolvers: true, description: "Who changed what, from where." })
export class AuditEntryView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => GraphQLISODateTime)
  occurredAt!: Date;

  @Field(() => String, { description: "Such as product.published." })
  action!: string;

  @Field(() => GraphQLId, { description: "What was changed." })
  subjectId!: string;

  @Field(() => ActorView)
  actor!: ActorView;

  @Field(() => GraphQLId, { nullable: true })
  sessionId!: string | null;

  @Field(() => String, { description: "Entries of one request have it in common." })
  requestId!: string;

  @Field(() => String, { nullable: true, description: "The IP address it came from." })
  address!: string | null;

  @Field(() => String, { nullable: true })
  userAgent!: string | null;

  @Field(() => [ChangeView], { description: "By row and field, where that was cheap to know." })
  changes!: ChangeView[];
}

export const AuditLogConnection = connectionOf(() => AuditEntryView, "AuditEntry");

/** Who a user is, as far as they still are one. */
export interface Person {
  name: string;
  email: string;
}

export function viewAuditEntry(entry: AuditEntry, people: Map<string, Person>): AuditEntryView {
  const { id, occurredAt, action, subjectId, requestId, changes } = entry;
  const { actorId = null, sessionId = null, address = null, userAgent = null } = entry;
  const { name = null, email = null } = people.get(actorId ?? "") ?? {};
  const actor = { kind: entry.actorKind as ActorKind, id: actorId, name, email };
  const from = { sessionId, requestId, address, userAgent };
  return { id, occurredAt, action, subjectId, actor, ...from, changes };
}
