import "reflect-metadata";
import type { GraphQLField, GraphQLSchema } from "graphql";
import { buildSchema, type NonEmptyArray } from "type-graphql";
import { demand, type AccessExtension } from "#kernel/access";
import type { RequestContext } from "#kernel/context";
import { RegistryError, type Registry } from "#kernel/registry";
import { guardModules } from "#kernel/graphql/modules";
import { validateArgument } from "#kernel/graphql/validation";

/**
 * The schema of all modules, closed by default: a field of Query or Mutation that does not declare
 * its access, or declares a permission nobody knows, is refused here, before anything is served.
 */
export async function buildGraphQLSchema(registry: Registry): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    // eslint-disable-next-line typescript/ban-types
    resolvers: registry.resolvers as unknown as NonEmptyArray<Function>,
    validate: false,
    validateFn: validateArgument,
  });
  const faults = operations(schema).flatMap((field) => {
    const { access } = field.extensions as Partial<AccessExtension>;
    if (!access) return [`${field.name} does not declare who may call it`];
    if (access === "public") return [];
    guard(field, access.permission);
    return registry.permissions.includes(access.permission)
      ? []
      : [`${field.name} needs "${access.permission}", which no module declares`];
  });
  if (faults.length > 0) {
    throw new RegistryError(
      `The GraphQL schema is open:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
  }
  guardModules(schema, registry);
  return schema;
}

type Operation = GraphQLField<unknown, RequestContext>;

/** Every field of Query and Mutation. */
export function operations(schema: GraphQLSchema): Operation[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}),
  );
}

function guard(field: Operation, permission: string): void {
  const { resolve } = field;
  field.resolve = (source, args, ctx, info) => {
    demand(ctx.actor, permission);
    return resolve?.(source, args, ctx, info);
  };
}
