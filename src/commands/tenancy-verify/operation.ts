import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
  isUnionType,
} from "graphql";
import { operations } from "#kernel/graphql/schema";
import type { Values } from "./attacks.ts";

type Operation = ReturnType<typeof operations>[number];

/** The text of an operation that takes these values as variables, and asks for every field there is. */
export function textOf(schema: GraphQLSchema, name: string, values: Values): string {
  const field = operations(schema).find((known) => known.name === name);
  if (!field) throw new Error(`The schema has no ${name}: take it out of the table.`);
  const kind = schema.getMutationType()?.getFields()[name] ? "mutation" : "query";
  const given = field.args.filter((arg) => arg.name in values);
  const typed = given.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(", ");
  const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  const inBrackets = (list: string) => (list ? `(${list})` : "");
  return `${kind} ${inBrackets(typed)} { ${name}${inBrackets(passed)} ${everything(field.type, 6)} }`;
}

function everything(type: GraphQLOutputType, levels: number): string {
  const named = getNamedType(type);
  if (isUnionType(named)) {
    const members = named
      .getTypes()
      .map((type) => `... on ${type.name} ${everything(type, levels)}`);
    return `{ __typename ${members.join(" ")} }`;
  }
  if (!isObjectType(named)) return "";
  const fields = Object.values(named.getFields())
    .filter((field) => levels > 1 || !isObjectType(getNamedType(field.type)))
    .map((field) => `${field.name} ${everything(field.type, levels - 1)}`);
  return `{ ${fields.join(" ")} }`;
}

/** The places of an operation's arguments that take an id, such as `input.variants.id`. */
export function placesOfIds({ args }: Operation): string[] {
  return args.flatMap((arg: GraphQLArgument) => placesIn(arg.type, arg.name));
}

function placesIn(type: GraphQLInputType, path: string): string[] {
  const named = getNamedType(type);
  if (named.name === "Id") return [path];
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    placesIn(field.type, `${path}.${field.name}`),
  );
}

/** The places of values that are filled, spelled likewise. */
export function filledPlaces(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => filledPlaces(entry, path));
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, entry]) =>
    filledPlaces(entry, path ? `${path}.${key}` : key),
  );
}
