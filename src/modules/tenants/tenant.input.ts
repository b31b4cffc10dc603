import { GraphQLSafeInt } from "graphql-scalars";
import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";
import * as fields from "./tenant.fields.ts";

const ofId = { id: Id };
const renameTenant = fields.renameTenant.extend(ofId);
const suspendTenant = fields.suspendTenant.extend(ofId);
const deleteTenant = fields.deleteTenant.extend(ofId);
const tenantKey = z.object(ofId);

const staleRevision = "The revision you read; a stale one is a CONFLICT.";

@ValidatedBy(fields.createTenant)
@InputType()
export class CreateTenantInput implements z.input<typeof fields.createTenant> {
  @Field(() => String, { description: "Lower-case letters, digits and hyphens; at most 63." })
  slug!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: "One of the locales." })
  defaultLocale!: string;

  @Field(() => [String], { description: "BCP 47." })
  locales!: string[];

  @Field(() => String, { description: "One of the currencies." })
  defaultCurrency!: string;

  @Field(() => [String], { description: "ISO 4217." })
  currencies!: string[];

  @Field(() => [String], { nullable: true, description: "The hosts it answers to." })
  domains?: string[];
}

@ValidatedBy(fields.updateTenant)
@InputType({
  description: "What is left out stays; a list that is given replaces the one there is.",
})
export class UpdateTenantInput implements z.input<typeof fields.updateTenant> {
  @Field(() => String, { nullable: true })
  name?: string;

  @Field(() => String, { nullable: true, description: "One of the locales." })
  defaultLocale?: string;

  @Field(() => [String], {
    nullable: true,
    description: "BCP 47. Texts in one that is taken away stay, unseen, and are back with it.",
  })
  locales?: string[];

  @Field(() => String, { nullable: true, description: "One of the currencies." })
  defaultCurrency?: string;

  @Field(() => [String], {
    nullable: true,
    description: "ISO 4217. Prices in one that is taken away stay, unseen, and are back with it.",
  })
  currencies?: string[];

  @Field(() => Int, { nullable: true, description: staleRevision })
  revision?: number | null;
}

@ValidatedBy(tenantKey)
@InputType()
export class TenantKeyInput implements z.input<typeof tenantKey> {
  @Field(() => GraphQLId)
  id!: string;
}

@ValidatedBy(renameTenant)
@InputType()
export class RenameTenantInput implements z.input<typeof renameTenant> {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String, { description: "Lower-case letters, digits and hyphens; at most 63." })
  slug!: string;

  @Field(() => Int, { nullable: true, description: staleRevision })
  revision?: number | null;
}

@ValidatedBy(suspendTenant)
@InputType()
export class SuspendTenantInput implements z.input<typeof suspendTenant> {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String, { nullable: true, description: "For those who run the installation." })
  reason?: string | null;
}

@ValidatedBy(deleteTenant)
@InputType()
export class DeleteTenantInput implements z.input<typeof deleteTenant> {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String, { description: "The tenant's slug." })
  confirm!: string;

  @Field(() => GraphQLSafeInt, {
    description: "How many rows the last line of the export tells of: whoever knows has all of it.",
  })
  rows!: number;
}

@ValidatedBy(fields.domain)
@InputType()
export class DomainInput implements z.input<typeof fields.domain> {
  @Field(() => String, { description: "Without a port." })
  host!: string;
}
