import { GraphQLJSONObject } from "graphql-scalars";
import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { ModuleSettings } from "./settings.service.ts";

@ObjectType("TenantSettings", { simpleResolvers: true })
export class ModuleSettingsView implements ModuleSettings {
  @Field(() => String)
  module!: string;

  @Field(() => GraphQLJSONObject)
  value!: Record<string, unknown>;

  @Field(() => Int, { description: "0 until something is set." })
  revision!: number;

  @Field(() => GraphQLISODateTime, { nullable: true })
  updatedAt!: Date | null;
}
