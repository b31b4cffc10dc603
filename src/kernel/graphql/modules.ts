import type { GraphQLField, GraphQLSchema } from "graphql";
import { isObjectType } from "graphql";
import { getMetadataStorage } from "type-graphql";
import type { RequestContext } from "#kernel/context";
import type { ModuleDefinition } from "#kernel/modules/module";
import type { Registry } from "#kernel/modules/registry";
import { demandModule } from "#kernel/modules/state";

type Field = GraphQLField<unknown, RequestContext>;

/**
 * Has the fields of optional modules answer MODULE_DISABLED where the tenant has switched the module
 * off: its queries and mutations, and the fields its resolvers add to types, be they another module's.
 */
export function guardModules(schema: GraphQLSchema, { owners }: Registry): void {
  const { queries, mutations, fieldResolvers, objectTypes } = getMetadataStorage();
  const guardAll = (
    resolvers: { target: object; schemaName: string; typeName: string | undefined }[],
  ) => {
    for (const { target, schemaName, typeName } of resolvers) {
      const module = owners.get(target);
      const type = typeName === undefined ? undefined : schema.getType(typeName);
      const field = isObjectType(type) ? type.getFields()[schemaName] : undefined;
      if (module?.optional && field) guard(field, module);
    }
  };
  guardAll(queries.map((query) => ({ ...query, typeName: schema.getQueryType()?.name })));
  guardAll(
    mutations.map((mutation) => ({ ...mutation, typeName: schema.getMutationType()?.name })),
  );
  guardAll(
    fieldResolvers.map((resolver) => {
      const objectType = resolver.getObjectType?.();
      const typeName = objectTypes.find(({ target }) => target === objectType)?.name;
      return { ...resolver, typeName };
    }),
  );
}

/** Before all else: whoever asks learns the same, and nothing is looked at. */
function guard(field: Field, module: ModuleDefinition): void {
  const { resolve } = field;
  field.resolve = (source, args, ctx, info) => {
    demandModule(ctx.tenant, module);
    return resolve?.(source, args, ctx, info);
  };
}
