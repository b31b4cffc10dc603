import { Field, Int, ObjectType } from "type-graphql";
import type { Role } from "#entities/access/role";
import {
  type BuiltInRole,
  builtInRoles,
  heldBy,
  type PermissionDefinition,
} from "#kernel/access/permissions";
import { GraphQLId } from "#kernel/graphql/scalars";

@ObjectType("Permission", { simpleResolvers: true })
export class PermissionView {
  @Field(() => String, { description: "Such as `content:publish`." })
  name!: string;

  @Field(() => String)
  description!: string;
}

@ObjectType("Role", {
  simpleResolvers: true,
  description: "What some of the tenant's people may do. A built-in one has no id, and stays.",
})
export class RoleView {
  @Field(() => GraphQLId, { nullable: true })
  id!: string | null;

  @Field(() => Int, { nullable: true })
  revision!: number | null;

  @Field(() => String, { description: "What users are given it by." })
  slug!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Boolean)
  builtIn!: boolean;

  @Field(() => [String], { description: "In alphabetical order." })
  permissions!: string[];
}

export function viewRole({ id, revision, slug, name, permissions }: Role): RoleView {
  return { id, revision, slug, name, builtIn: false, permissions };
}

const names: Record<BuiltInRole, string> = {
  administrator: "Administrator",
  manager: "Manager",
  editor: "Editor",
  customer: "Customer",
};

export const viewBuiltInRoles = (declared: readonly PermissionDefinition[]): RoleView[] =>
  builtInRoles.map((slug) => ({
    id: null,
    revision: null,
    slug,
    name: names[slug],
    builtIn: true,
    permissions: heldBy(slug, declared).toSorted(),
  }));
