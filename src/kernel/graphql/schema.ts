import "reflect-metadata";
import type { GraphQLField, GraphQLSchema } from "graphql";
import { buildSchema, type NonEmptyArray } from "type-graphql";
import { demand, personOf, type AccessExtension } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { RegistryError, type Registry } from "#kernel/modules/registry";
import { guardInputs, guardViews, inheritRules, restrictedFields } from "./field-rules.ts";
import { guardModules } from "./modules.ts";
import { validateArgument } from "./validation.ts";

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
  inheritRules(schema);
  const faults = [
    ...operations(schema).flatMap(({ name, extensions }) => {
      const { access } = extensions as Partial<AccessExtension>;
      if (!access) return [`${name} does not declare who may call it`];
      return typeof access === "object" ? unknown(name, access.permission) : [];
    }),
    ...restrictedFields(schema).flatMap(({ place, permission, nullable }) => [
      ...(nullable ? [] : [`${place} needs "${permission}", so it must be nullable`]),
      ...unknown(place, permission),
    ]),
  ];
  if (faults.length > 0) {
    throw new RegistryError(
      `The GraphQL schema is open:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
  }
  guardViews(schema);
  guardInputs(operations(schema));
  for (const field of operations(schema)) {
    const { access } = field.extensions as Partial<AccessExtension>;
    if (access === "signed-in") guard(field, personOf);
    if (typeof access === "object") guard(field, ({ actor }) => demand(actor, access.permission));
  }
  guardModules(schema, registry);
  return schema;

  function unknown(place: string, permission: string): string[] {
    const known = registry.permissions.includes(permission);
    return known ? [] : [`${place} needs "${permission}", which no module declares`];
  }
}

type Operation = GraphQLField<unknown, RequestContext>;

/** Every field of Query and Mutation. */
export function operations(schema: GraphQLSchema): Operation[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}),
  );
}

function guard(field: Operation, check: (ctx: RequestContext) => unknown): void {
  const { resolve } = field;
  field.resolve = (source, args, ctx, info) => {
    check(ctx);
    return resolve?.(source, args, ctx, info);
  };
}
