import { Field, GraphQLISODateTime, ObjectType } from "type-graphql";
import { z } from "zod";
import type { ModuleDefinition } from "#kernel/modules/module";
import { dependenciesOf, dependentsOf } from "./dependencies.ts";
import type { ModuleState } from "./module.service.ts";

/** A module as REST shows it; GraphQL shows the same. */
export const moduleView = z
  .object({
    slug: z.string(),
    name: z.string(),
    version: z.string(),
    core: z.boolean().meta({ description: "It cannot be switched off." }),
    enabled: z.boolean(),
    dependsOn: z.array(z.string()).meta({ description: "By slug, all the way down." }),
    neededBy: z.array(z.string()).meta({ description: "By slug, all the way up." }),
    changedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When it was switched last; null when it never was." }),
  })
  .meta({ id: "Module" });

/** A module as it is for a tenant, for whoever asks. */
interface ModuleFacts extends Omit<z.output<typeof moduleView>, "changedAt"> {
  changedAt: Date | null;
}

@ObjectType("Module", { simpleResolvers: true })
export class ModuleView implements ModuleFacts {
  @Field(() => String)
  slug!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  version!: string;

  @Field(() => Boolean, { description: "It cannot be switched off." })
  core!: boolean;

  @Field(() => Boolean)
  enabled!: boolean;

  @Field(() => [String], { description: "By slug, all the way down." })
  dependsOn!: string[];

  @Field(() => [String], { description: "By slug, all the way up." })
  neededBy!: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it was switched last; null when it never was.",
  })
  changedAt!: Date | null;
}

export function viewModule(
  { module, enabled, changedAt }: ModuleState,
  modules: ModuleDefinition[],
): ModuleFacts {
  const { slug, name, version, optional } = module;
  const slugs = (found: ModuleDefinition[]) => found.map((other) => other.slug);
  return {
    slug,
    name,
    version,
    enabled,
    changedAt,
    core: !optional,
    dependsOn: slugs(dependenciesOf(module, modules)),
    neededBy: slugs(dependentsOf(module, modules)),
  };
}
