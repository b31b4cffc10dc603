import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import {
  type DocumentNode,
  GraphQLError,
  type ValidationContext,
  type ValidationRule,
  visit,
} from "graphql";
import { costLimit } from "./cost.ts";

/** More than the largest query of a hand-written storefront; checked while parsing. */
export const maxTokens = 2_000;

/** Reported beside all other faults of the operation, instead of thrown before the rest is looked at. */
const reported = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError) => context?.reportError(error),
  ],
};

/** An operation too deep or too wide is refused before it runs. */
export const limits: ValidationRule[] = [
  maxDepthRule({ n: 12, ...reported }),
  maxAliasesRule({ n: 30, ...reported }),
  costLimit(20_000),
] as ValidationRule[];

/** How often one name may be answered with a selection of its own. */
const maxRepetitions = 100;

/**
 * Whether fields of one name can be merged is asked of every two of them: a few kilobytes would keep a
 * processor busy for a quarter of a second. So this is looked at before anything else.
 */
export function refuseRepetition(document: DocumentNode): GraphQLError | undefined {
  const counts = new Map<string, number>();
  visit(document, {
    Field({ alias, name, selectionSet }) {
      const key = alias?.value ?? name.value;
      if (selectionSet) counts.set(key, (counts.get(key) ?? 0) + 1);
    },
  });
  const repeated = [...counts].find(([, count]) => count > maxRepetitions);
  return (
    repeated && new GraphQLError(`"${repeated[0]}" is selected more than ${maxRepetitions} times.`)
  );
}
