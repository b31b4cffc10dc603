import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import type { TenantRecord } from "./tenant.record.ts";

export const TenantStatus = {
  ACTIVE: "active",
  SUSPENDED: "suspended",
  DELETING: "deleting",
} as const;
export type TenantStatus = (typeof TenantStatus)[keyof typeof TenantStatus];
registerEnumType(TenantStatus, {
  name: "TenantStatus",
  valuesConfig: {
    SUSPENDED: { description: "Nobody is served." },
    DELETING: { description: "Nobody is served, and its rows are going; there is no way back." },
  },
});

@ObjectType("AdminTenant", { simpleResolvers: true })
export class TenantView implements Omit<TenantRecord, "deletionRequestedAt"> {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => String)
  slug!: string;

  @Field(() => String)
  name!: string;

  @Field(() => TenantStatus)
  status!: TenantStatus;

  @Field(() => String, { description: "What stands in where there is no translation." })
  defaultLocale!: string;

  @Field(() => [String], { description: "BCP 47." })
  locales!: string[];

  @Field(() => String)
  defaultCurrency!: string;

  @Field(() => [String], { description: "ISO 4217." })
  currencies!: string[];

  @Field(() => [String], { description: "The hosts it answers to." })
  domains!: string[];

  @Field(() => GraphQLISODateTime, { nullable: true })
  suspendedAt!: Date | null;

  @Field(() => String, { nullable: true })
  suspensionReason!: string | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When an export of all its rows was last complete.",
  })
  exportedAt!: Date | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export const TenantConnection = connectionOf(() => TenantView, "AdminTenant");

export function viewTenant({ deletionRequestedAt, ...tenant }: TenantRecord): TenantView {
  const status = tenant.suspendedAt ? "suspended" : "active";
  return { ...tenant, status: deletionRequestedAt ? "deleting" : status };
}
