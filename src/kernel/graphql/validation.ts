import type { ResolverData } from "type-graphql";
import type { z } from "zod";
import type { RequestContext, Tenant } from "#kernel/context";
import { BadUserInput, type InputIssue } from "#kernel/errors";

type Rule = z.ZodType | ((tenant: Tenant) => z.ZodType);
const rules = new WeakMap<object, Rule>();

/**
 * Binds an input class to the zod schema that judges it, or to what makes it for a tenant. GraphQL has
 * checked the shape; zod checks the meaning, reports every issue, and what it parsed (ids in one
 * spelling, trimmed text) is what the resolver gets.
 */
export function ValidatedBy(rule: Rule) {
  return (inputClass: object): void => {
    rules.set(inputClass, rule);
  };
}

/** Called by TypeGraphQL for every argument of a resolver. Throws BAD_USER_INPUT with every issue. */
export function validateArgument(value: unknown, type: unknown, { context }: ResolverData): void {
  const rule = typeof type === "function" ? rules.get(type) : undefined;
  if (!rule) return refuseNul(value);
  if (value === null || typeof value !== "object") return;
  const schema = typeof rule === "function" ? rule((context as RequestContext).tenant) : rule;
  const { data, error } = schema.safeParse(value);
  if (error) throw BadUserInput.from(error);
  Object.assign(value, data);
}

/** What has no rule of its own goes to the database as it is, and PostgreSQL takes no NUL. */
function refuseNul(value: unknown): void {
  const issues = pathsToNul(value).map((path) => ({ path, message: "must not contain NUL" }));
  if (issues.length > 0) throw new BadUserInput(issues);
}

function pathsToNul(value: unknown): InputIssue["path"][] {
  if (typeof value === "string") return value.includes("\0") ? [[]] : [];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    pathsToNul(inner).map((path) => [key, ...path]),
  );
}
