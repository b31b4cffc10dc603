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
import { type AccessExtension, demand } from "#kernel/access/access";
import type { Actor, RequestContext } from "#kernel/context";

/** A field of a view or of an input that not everybody who may call the operation around it may use. */
export interface RestrictedField {
  /** Such as `AdminVariant.cost`. */
  place: string;
  permission: string;
  /** A refusal takes the place of the value: where the schema promises one, the whole object would go with it. */
  nullable: boolean;
}

/** The fields of views and inputs that name a permission, in a schema whose rules were inherited. */
export function restrictedFields(schema: GraphQLSchema): RestrictedField[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isRoot(schema, type.name) || !(isObjectType(type) || isInputObjectType(type))) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const permission = permissionOf(field.extensions);
      const place = `${type.name}.${field.name}`;
      return permission ? [{ place, permission, nullable: !isNonNullType(field.type) }] : [];
    });
  });
}

const isRoot = (schema: GraphQLSchema, name: string) =>
  [schema.getQueryType(), schema.getMutationType()].some((root) => root?.name === name);

/** Has fields of views that name a permission answer those who lack it with FORBIDDEN. */
export function guardViews(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isRoot(schema, type.name)) continue;
    for (const field of Object.values(type.getFields())) {
      const permission = permissionOf(field.extensions);
      if (!permission) continue;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (source, args, ctx: RequestContext, info) => {
        demand(ctx.actor, permission);
        return resolve(source, args, ctx, info);
      };
    }
  }
}

/** Has operations refuse input that gives what the caller may not, before they do anything. */
export function guardInputs(operations: GraphQLField<unknown, RequestContext>[]): void {
  for (const operation of operations) {
    const { args, resolve } = operation;
    if (!args.some(({ type }) => isRestricted(type))) continue;
    operation.resolve = (source, given, ctx, info) => {
      for (const { name, type } of args) demandFor(ctx.actor, type, given[name]);
      return resolve?.(source, given, ctx, info);
    };
  }
}

/** TypeGraphQL hands a field of an input class down to its subclasses without what was said of it. */
export function inheritRules(schema: GraphQLSchema): void {
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
    (field) => permissionOf(field.extensions) !== undefined || isRestricted(field.type, seen),
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
