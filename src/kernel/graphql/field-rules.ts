import {
  defaultFieldResolver,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { getMetadataStorage } from "type-graphql";
import { type AccessExtension, demand } from "#kernel/access";
import type { Actor, RequestContext } from "#kernel/context";

/** A place of the schema that not everybody who may call the operation around it may use. */
export interface RestrictedField {
  /** Such as `AdminVariant.cost`. */
  place: string;
  permission: string;
  /** Why the rule cannot be kept. */
  fault?: string;
}

/** Has fields of views that name a permission answer those who lack it with FORBIDDEN; returns the fields. */
export function guardViews(schema: GraphQLSchema): RestrictedField[] {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || roots.includes(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const permission = permissionOf(field.extensions);
      if (!permission) return [];
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (source, args, ctx: RequestContext, info) => {
        demand(ctx.actor, permission);
        return resolve(source, args, ctx, info);
      };
      const place = `${type.name}.${field.name}`;
      // Where the schema promises a value, a refusal would take the whole object with it.
      return isNonNullType(field.type)
        ? [{ place, permission, fault: "names a permission, so it must be nullable" }]
        : [{ place, permission }];
    });
  });
}

/** Has operations refuse input that names what the caller may not give; returns the fields of inputs concerned. */
export function guardInputs(
  schema: GraphQLSchema,
  operations: GraphQLField<unknown, RequestContext>[],
): RestrictedField[] {
  inheritRules(schema);
  for (const operation of operations) {
    const { args, resolve } = operation;
    if (!args.some(({ type }) => isRestricted(type))) continue;
    operation.resolve = (source, given, ctx, info) => {
      for (const { name, type } of args) demandFor(ctx.actor, type, given[name]);
      return resolve?.(source, given, ctx, info);
    };
  }
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isInputObjectType(type)
      ? Object.values(type.getFields()).flatMap((field) => {
          const permission = permissionOf(field.extensions);
          return permission ? [{ place: `${type.name}.${field.name}`, permission }] : [];
        })
      : [],
  );
}

/** TypeGraphQL hands a field of an input class down to its subclasses without what was said of it. */
function inheritRules(schema: GraphQLSchema): void {
  const { inputTypes } = getMetadataStorage();
  for (const { name, target } of inputTypes) {
    const type = schema.getType(name);
    if (!isInputObjectType(type)) continue;
    const ancestors = inputTypes.filter((other) => other.target.isPrototypeOf(target));
    for (const field of ancestors.flatMap(({ fields = [] }) => fields)) {
      const inherited = type.getFields()[field.schemaName];
      if (inherited) inherited.extensions = { ...field.extensions, ...inherited.extensions };
    }
  }
}

function isRestricted(type: GraphQLInputType, seen = new Set<string>()): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named.name)) return false;
  seen.add(named.name);
  return Object.values(named.getFields()).some(
    (field) => permissionOf(field.extensions) ?? isRestricted(field.type, seen),
  );
}

/** What is left out asks for nothing; null does, since it takes something away. */
function demandFor(actor: Actor, type: GraphQLInputType, given: unknown): void {
  if (Array.isArray(given)) {
    for (const entry of given) demandFor(actor, type, entry);
    return;
  }
  const named = getNamedType(type);
  if (!isInputObjectType(named) || typeof given !== "object" || given === null) return;
  const values = given as Record<string, unknown>;
  for (const field of Object.values(named.getFields())) {
    if (values[field.name] === undefined) continue;
    const permission = permissionOf(field.extensions);
    if (permission) demand(actor, permission);
    demandFor(actor, field.type, values[field.name]);
  }
}

function permissionOf(extensions: Readonly<Record<string, unknown>>): string | undefined {
  const { access } = extensions as Partial<AccessExtension>;
  return typeof access === "object" ? access.permission : undefined;
}
