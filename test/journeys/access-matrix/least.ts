import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from "graphql";
import type { operations } from "#kernel/graphql/schema";
import { newId } from "#kernel/ids";

type Operation = ReturnType<typeof operations>[number];

const scalars: Record<string, () => unknown> = {
  Id: newId,
  ID: () => "x",
  String: () => "x",
  Int: () => 1,
  Float: () => 1,
  SafeInt: () => 1,
  Boolean: () => true,
  DateTimeISO: () => new Date().toISOString(),
  LocalDate: () => "2026-11-23",
  JSON: () => ({}),
  JSONObject: () => ({}),
};

/** The least that the schema takes for the type; it need not mean anything. */
function least(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return least(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(required.map((field) => [field.name, least(field.type)]));
  }
  const value = scalars[type.name];
  if (!value) throw new Error(`Say in least.ts what a ${type.name} may be.`);
  return value();
}

/** An operation as text with variables, asked as little as the schema takes. */
export function leastOf(
  { name, args, type }: Operation,
  kind: string,
): { query: string; variables: Record<string, unknown> } {
  const given = args.filter(isRequiredArgument);
  const inBrackets = (list: string[]) => (list.length > 0 ? `(${list.join(", ")})` : "");
  const typed = inBrackets(given.map((arg) => `$${arg.name}: ${arg.type.toString()}`));
  const passed = inBrackets(given.map((arg) => `${arg.name}: $${arg.name}`));
  const named = getNamedType(type);
  const asked = isObjectType(named) || isUnionType(named) ? " { __typename }" : "";
  return {
    query: `${kind} ${typed} { ${name}${passed}${asked} }`,
    variables: Object.fromEntries(given.map((arg) => [arg.name, least(arg.type)])),
  };
}
