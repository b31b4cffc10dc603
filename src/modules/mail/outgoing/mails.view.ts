import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from "type-graphql";
import { type MailState, mailStates, type SentMail } from "#entities/mail/sent-mail";
import { Requires } from "#kernel/access/access";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";

export const MailStateEnum = Object.fromEntries(
  mailStates.map((state) => [state, state]),
) as Record<MailState, MailState>;
registerEnumType(MailStateEnum, { name: "MailState" });

@ObjectType("Mail", { simpleResolvers: true, description: "What it said is not kept." })
export class MailView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String, { description: "Such as accounts.password-reset." })
  template!: string;

  @Requires("accounts:read-email")
  @Field(() => String, { nullable: true })
  to!: string | null;

  @Field(() => MailStateEnum)
  state!: MailState;

  @Field(() => Int)
  attempts!: number;

  @Field(() => String, { nullable: true, description: "Why the last attempt failed." })
  failure!: string | null;

  @Field(() => String, { nullable: true, description: "Of what was sent." })
  subject!: string | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  sentAt!: Date | null;
}

export const MailConnection = connectionOf(() => MailView, "Mail");

export function viewMail(mail: SentMail): MailView {
  const { id, template, address, state, attempts, createdAt } = mail;
  const { failure = null, subject = null, sentAt = null } = mail;
  return { id, template, to: address, state, attempts, failure, subject, createdAt, sentAt };
}
