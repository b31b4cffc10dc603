import { costLimitRule } from "@escape.tech/graphql-armor-cost-limit";
import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import type { GraphQLError, ValidationContext, ValidationRule } from "graphql";

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
  costLimitRule({ maxCost: 20_000, ...reported }),
] as ValidationRule[];
